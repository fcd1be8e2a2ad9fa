/**
 * The tables that examples speak of, with a few rows each, as migrations: few, for each is a transaction. The first
 * has that which an archive has too.
 */
export const TABLES: readonly string[] = [
  `create table todo (id integer primary key, title text not null, list integer not null default 1,
     done integer not null default 0, due integer);`,
  `insert into todo (title, done) values ('milk', 0), ('bread', 1), ('salt', 0);
   create table item (id integer primary key, title text not null, list integer not null, position integer not null);
   insert into item (title, list, position) values ('first', 7, 1), ('second', 7, 2);
   create table account (id integer primary key, balance integer not null);
   insert into account values (1, 100), (2, 0);
   create table entry (id integer primary key, title text not null, log integer not null, at integer not null);
   insert into entry (title, log, at) values ('woke up', 1, 1), ('went out', 1, 2);
   create table user (id integer primary key, email text unique);
   insert into user (email) values ('ada@example.org');
   create table event (at integer not null, payload text);
   create table job (id integer primary key, taken integer not null default 0);
   insert into job (taken) values (1), (0);
   create table payment (id integer primary key, amount integer not null);
   create table measurement (at integer not null, value real not null);
   insert into measurement values (1, 20.5), (2, 21);
   create table part (file integer not null, start integer not null, bytes blob not null);
   create table place (id integer primary key, name text);`,
]

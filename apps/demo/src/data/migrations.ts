/**
 * The schema, a migration an entry. `folded` is a name as it is searched and sorted
 * (fold-text.ts), `cell` the square of the map in which a place lies (map-grid.ts).
 */
export const migrations: readonly string[] = [
  `create table country (
    code text primary key,
    name text not null,
    folded text not null unique
  ) without rowid;

  create table region (
    id integer primary key,
    name text not null,
    folded text not null
  );

  create table city (
    id integer primary key,
    name text not null,
    folded text not null,
    region_id integer not null references region (id),
    country text not null references country (code),
    latitude real not null,
    longitude real not null,
    cell integer not null
  );

  create table favourite (
    city_id integer primary key references city (id),
    added_at text not null default current_timestamp
  );

  create table note (
    city_id integer primary key references city (id),
    body text not null,
    changed_at text not null default current_timestamp
  );

  -- One row: how many places are there, and whether the user has stopped the import.
  create table import (
    id integer primary key check (id = 1),
    done integer not null default 0,
    stopped integer not null default 0
  );
  insert into import (id) values (1);`,

  // One index for each way to sort the table, alone or within a country, and one for the map.
  `create index region_by_name on region (folded);
  create index city_by_name on city (folded);
  create index city_by_region on city (region_id, folded);
  create index city_by_country on city (country, folded);
  create index city_by_latitude on city (latitude);
  create index city_by_longitude on city (longitude);
  create index city_by_cell on city (cell);`,

  `create virtual table city_search using fts5 (
    name, region, content = '', contentless_delete = 1, prefix = '1 2 3', tokenize = 'unicode61'
  );

  create trigger city_search_insert after insert on city begin
    insert into city_search (rowid, name, region)
    select new.id, new.folded, folded from region where id = new.region_id;
  end;

  create trigger city_search_delete after delete on city begin
    delete from city_search where rowid = old.id;
  end;

  create trigger city_search_update after update of folded, region_id on city begin
    update city_search set name = new.folded, region = (select folded from region where id = new.region_id)
    where rowid = new.id;
  end;`,
]

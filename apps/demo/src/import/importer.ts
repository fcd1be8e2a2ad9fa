import { database } from '../data/database.ts'
import { PlaceImporter } from './place-importer.ts'

export const importer: PlaceImporter = new PlaceImporter(database)

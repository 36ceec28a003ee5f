import { listModels, loadDetails, loadGguf } from '../../src/catalog/index.js'
import { buildNameIndex, nameFactsFromTables } from '../../src/names/index.js'

/** What the parser knows of the whole catalog, and its index. */
export const CATALOG_FACTS = nameFactsFromTables(listModels(), await loadDetails(), await loadGguf())
export const CATALOG_INDEX = buildNameIndex(CATALOG_FACTS)

/** A lock that ends with its process, however that ends: the operating system holds it, through SQLite. */
import { DatabaseSync } from "node:sqlite";

/** Kept, so that they are not collected and the locks with them. */
const held: DatabaseSync[] = [];

/** False: another process has it. */
export function lockFile(file: string): boolean {
  const database = new DatabaseSync(file);
  try {
    database.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === BUSY) return false;
    throw error;
  }
  held.push(database);
  return true;
}

const BUSY = 5;

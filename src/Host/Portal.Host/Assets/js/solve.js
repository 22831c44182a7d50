// The puzzle of a turn: a number that, behind the token and a point, hashes to so many zero bits (PublicForms.Solves).
const encoder = new TextEncoder();
const batch = 512;

/** Does a SHA-256 begin with that many zero bits (at most 32)? */
export function hasZeros(hash, bits) {
  return Math.clz32(new DataView(hash).getUint32(0)) >= bits;
}

/** The first such number from `from` on; null when there is none below `end`. */
export async function solve(token, from = 0, end = 2 ** 31) {
  const bits = Number.parseInt(token, 10);
  for (let first = from; first < end; first += batch) {
    const hashes = await Promise.all(
      Array.from({ length: batch }, (_, i) => crypto.subtle.digest('SHA-256', encoder.encode(`${token}.${first + i}`))));
    const found = hashes.findIndex(hash => hasZeros(hash, bits));
    if (found >= 0) {
      return first + found;
    }
  }
  return null;
}

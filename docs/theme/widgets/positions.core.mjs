// Positional encoding, as dlbook.positional_encoding does it.

/** How fast each pair of columns turns, in radians per position. */
export const frequencies = (width, base) =>
  Array.from({ length: Math.ceil(width / 2) }, (_, i) => base ** ((-2 * i) / width));

/** The row of one position: sine and cosine of each pair; of an odd width the last sine stands alone. */
export const row = (position, width, base) =>
  frequencies(width, base)
    .flatMap((w) => [Math.sin(position * w), Math.cos(position * w)])
    .slice(0, width);

/** One row per position. */
export const encoding = (length, width, base) => Array.from({ length }, (_, p) => row(p, width, base));

/** The product of two rows. */
export const dot = (one, other) => one.reduce((sum, value, at) => sum + value * other[at], 0);

/** The product of two rows by their distance alone; for even widths it is the same for all pairs so far apart. */
export const byDistance = (distances, width, base) => {
  const first = row(0, width, base);
  return distances.map((distance) => dot(first, row(distance, width, base)));
};

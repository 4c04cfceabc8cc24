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

const [NEAR, FAR] = [7, 20]; // how far rows 3 and 10 lie apart, and rows that are far apart

const TASKS = {
  far: ({ distance, product, near }) => distance >= FAR && product > near,
  against: ({ product }) => product < 0,
  round: ({ length, slowest }) => slowest < length,
};

/** Those of the tasks that a state fulfils. */
export const done = ({ length, width, base, p, q }) => {
  const [distance, product] = [Math.abs(p - q), dot(row(p, width, base), row(q, width, base))];
  const [near, slowest] = [byDistance([NEAR], width, base)[0], (2 * Math.PI) / frequencies(width, base).at(-1)];
  return Object.keys(TASKS).filter((task) => TASKS[task]({ length, distance, product, near, slowest }));
};

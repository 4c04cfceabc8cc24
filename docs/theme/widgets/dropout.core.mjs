// Dropout on the hidden units of a small network: masks, its output under each, and what the formulas say about them.

export const NET = {
  x: [1, 2],
  w1: [[1, 0.5], [-0.5, 1], [0.5, 0.5], [1, 1], [-1, 1], [0.5, -0.25]],
  b1: [0, 0, 0, 0, 0, 1],
  w2: [1, -0.5, 1, 0.5, -1, 0.75],
  b2: -1,
};
const MOST = 2 ** 31 - 1;

/** What the hidden units give, behind the ReLU. */
export const hidden = (x = NET.x) =>
  NET.w1.map((row, j) => Math.max(0, row.reduce((sum, w, i) => sum + w * x[i], NET.b1[j])));

/** Numbers from 0 to 1, a row for each mask: the generator of Park and Miller (1988), the same for all readers. */
export const uniforms = (rows, units = NET.w2.length) => {
  let seed = 1;
  const next = () => (seed = (seed * 16807) % MOST) / MOST;
  return Array.from({ length: rows }, () => Array.from({ length: units }, next));
};

/** The mask: 0 for a unit that is off, 1 for one that is kept. A larger p switches more of the same row off. */
export const masked = (row, p) => row.map((number) => (number < p ? 0 : 1));

/** The output under a mask. */
export const output = (h, mask, p) => h.reduce((sum, value, j) => sum + NET.w2[j] * mask[j] * (value / (1 - p)), NET.b2);

/** The formulas: mean and standard deviation over all masks. */
export const spread = (h, p) => {
  const products = h.map((value, j) => NET.w2[j] * value);
  const squares = products.reduce((sum, value) => sum + value ** 2, 0);
  return { mean: products.reduce((sum, value) => sum + value, NET.b2), deviation: Math.sqrt((p / (1 - p)) * squares) };
};

/** The same of numbers that were met. */
export const measured = (values) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / values.length) };
};

/** The number, from 1, of the next mask after this one that fits; behind the last comes the first, and this one stays if none fits. */
export const following = (fits, mask) => {
  const order = fits.map((_, at) => (mask + at) % fits.length);
  return (order.find((at) => fits[at]) ?? mask - 1) + 1;
};

const FAR = 2; // standard deviations

/** What of the tasks a state fulfils: all units off although p is at most a half, half the spread of p = 0.5, an output far from the mean. */
export const done = (h, mask, p) => {
  const { mean, deviation } = spread(h, p);
  const found = {
    empty: p <= 0.5 && !mask.includes(1),
    half: Math.abs(2 * deviation - spread(h, 0.5).deviation) < 1e-9,
    far: p > 0 && Math.abs(output(h, mask, p) - mean) > FAR * deviation,
  };
  return Object.keys(found).filter((task) => found[task]);
};

/** How many values lie in each of so many boxes between two ends; the last box has both of its ends. */
export const histogram = (values, low, high, boxes) => {
  const counts = Array(boxes).fill(0);
  for (const value of values) {
    if (value >= low && value <= high) counts[Math.min(boxes - 1, Math.floor(((value - low) / (high - low)) * boxes))] += 1;
  }
  return counts;
};

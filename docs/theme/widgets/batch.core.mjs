// A line fitted to 24 examples: the gradient of each, of batches, and the walk that batches lead.

/** The examples. */
export const X = [-1.0, -0.913, -0.826, -0.739, -0.652, -0.565, -0.478, -0.391, -0.304, -0.217, -0.13, -0.043, 0.043, 0.13, 0.217, 0.304, 0.391, 0.478, 0.565, 0.652, 0.739, 0.826, 0.913, 1.0];
export const Y = [-1.03, -0.95, -0.06, -1.32, -0.29, -1.17, 0.41, 0.08, 0.67, -0.1, 0.38, 0.14, 0.0, 0.47, -0.09, 0.38, 0.93, 0.71, 0.57, 1.81, 0.92, 0.7, 1.1, 0.86];
export const N = X.length;
const MOST = 2 ** 31 - 1;
const NEAR = 0.1; // of the lowest point: where a walk has arrived
const LAST = 20; // steps of a walk that must stay there

const sum = (values) => values.reduce((total, value) => total + value, 0);
const mean = (rows) => [0, 1].map((at) => sum(rows.map((row) => row[at])) / rows.length);
const square = ([w, b]) => w * w + b * b;
const less = (one, other) => [one[0] - other[0], one[1] - other[1]];

/** The gradient of each example's loss, half the squared error of w x + b, by w and b. */
export const gradients = ([w, b]) => X.map((x, i) => [(w * x + b - Y[i]) * x, w * x + b - Y[i]]);

/** What all examples say: the mean gradient G and tr Σ, the mean of |g - G|² over them. */
export const noise = (point) => {
  const each = gradients(point);
  const full = mean(each);
  return { full, trace: sum(each.map((g) => square(less(g, full)))) / N };
};

/** The formula: the square root of the mean of |g_B - G|² over all batches of B different examples. */
export const spread = (point, batch) => Math.sqrt((noise(point).trace / batch) * ((N - batch) / (N - 1)));

/** Numbers from 0 to 1: the generator of Park and Miller (1988), the same for all readers. */
const uniforms = (seed) => {
  let state = seed;
  return () => (state = (state * 16807) % MOST) / MOST;
};

/** So many batches of B different examples. */
export const batches = (batch, count, seed) => {
  const next = uniforms(seed);
  return Array.from({ length: count }, () => {
    const left = X.map((_, i) => i);
    return Array.from({ length: batch }, () => left.splice(Math.floor(next() * left.length), 1)[0]);
  });
};

/** The gradient of each batch at a point. */
export const ofBatches = (point, drawn) => {
  const each = gradients(point);
  return drawn.map((batch) => mean(batch.map((i) => each[i])));
};

/** How far they lie from G, as measured. */
export const measured = (point, found) => {
  const { full } = noise(point);
  return Math.sqrt(sum(found.map((g) => square(less(g, full)))) / found.length);
};

/** The points of a walk, the start included: each step goes against the gradient of a batch of its own. */
export const walk = (start, { batch, rate, seed, steps }) => {
  const points = [start];
  for (const drawn of batches(batch, steps, seed)) {
    const [slope] = ofBatches(points.at(-1), [drawn]);
    points.push(points.at(-1).map((value, at) => value - rate * slope[at]));
  }
  return points;
};

/** The lowest point: where G is 0. */
export const lowest = () => {
  const [x, y] = [sum(X) / N, sum(Y) / N];
  const w = sum(X.map((value, i) => (value - x) * (Y[i] - y))) / sum(X.map((value) => (value - x) ** 2));
  return [w, y - w * x];
};

/** How far the last points of a walk lie from the lowest, on average. */
export const rest = (points) => sum(points.slice(-LAST).map((point) => Math.sqrt(square(less(point, lowest()))))) / LAST;

/** What of the tasks a state fulfils: the smallest batch of a quarter of the spread, more noise than slope, single examples at rest. */
export const done = ({ w, b, batch, rate, seed, steps }) => {
  const within = (size) => spread([w, b], size) <= spread([w, b], 1) / 4;
  const found = {
    quarter: within(batch) && !within(batch - 1),
    lost: spread([w, b], batch) >= 10 * Math.sqrt(square(noise([w, b]).full)),
    arrived: batch === 1 && steps >= LAST && rest(walk([w, b], { batch, rate, seed, steps })) < NEAR && Math.hypot(...less([w, b], lowest())) > 1,
  };
  return Object.keys(found).filter((task) => found[task]);
};

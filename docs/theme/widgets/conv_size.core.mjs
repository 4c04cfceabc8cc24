// The arithmetic of one axis, as dlbook.convolution and dlbook.pooling do it: sizes, and who reads whom.
// An axis: size n, kernel k, stride s, padding p, dilation d; pooling may round up, a transposed convolution add pixels.

/** How many pixels a kernel covers, from its first to its last weight. */
export const covered = ({ k, d }) => d * (k - 1) + 1;

/** Why an axis makes no sense, or null. */
export const fault = (axis, mode, ceil = false) => {
  if (mode === "transposed") {
    if (axis.extra >= Math.max(axis.s, axis.d)) return "extra";
    return full(axis) <= 2 * axis.p ? "empty" : null;
  }
  if (mode === "pooling" && axis.p > Math.floor(axis.k / 2)) return "half";
  // rounded up, a window may hang over the end, but by less than a stride
  return spare(axis) < (mode === "pooling" && ceil ? 1 - axis.s : 0) ? "wide" : null;
};

/** How far the first window can move. */
const spare = (axis) => axis.n + 2 * axis.p - covered(axis);
const full = (axis) => (axis.n - 1) * axis.s + covered(axis) + axis.extra;

/** The size of the output, or null if there is none. */
export const outputSize = (axis, mode, ceil = false) => {
  if (fault(axis, mode, ceil)) return null;
  if (mode === "transposed") return full(axis) - 2 * axis.p;
  const steps = spare(axis) / axis.s;
  if (mode !== "pooling" || !ceil) return Math.floor(steps) + 1;
  // rounded up, the last window must still start before the end of the image
  return Math.min(Math.ceil(steps), Math.floor((axis.n + axis.p - 1) / axis.s)) + 1;
};

/** The pixels under the window of place i, counted from the first pixel of the image; outside of it lies padding. */
export const taps = (axis, i) => Array.from({ length: axis.k }, (_, u) => i * axis.s + u * axis.d - axis.p);

/** How often each pixel of the padded axis is read. */
export const reads = (axis, size) => {
  const counts = new Array(axis.n + 2 * axis.p).fill(0);
  for (let i = 0; i < size; i++) {
    for (const at of taps(axis, i)) if (at + axis.p < counts.length) counts[at + axis.p] += 1;
  }
  return counts;
};

/** The pixels of the image, counted from its first, that no window reads. */
export const unread = (axis, size) =>
  reads(axis, size)
    .slice(axis.p, axis.p + axis.n)
    .flatMap((count, at) => (count ? [] : [at]));

const WIDE = 5; // weights along an axis

const TASKS = {
  same: ({ mode, axes, sizes }) => mode === "convolution" && axes.every(({ n, k, s }, i) => k >= WIDE && s === 1 && sizes[i] === n),
  lost: ({ mode, axes, sizes }) => mode !== "transposed" && axes.some((axis, i) => unread(axis, sizes[i]).length >= 2),
  double: ({ mode, axes, sizes }) => mode === "transposed" && axes.every(({ n, s }, i) => s === 2 && sizes[i] === 2 * n),
};

/** Those of the tasks that two axes fulfil; none without an output. */
export const done = (axes, mode, ceil) => {
  const sizes = axes.map((axis) => outputSize(axis, mode, ceil));
  return sizes.includes(null) ? [] : Object.keys(TASKS).filter((task) => TASKS[task]({ mode, axes, sizes }));
};

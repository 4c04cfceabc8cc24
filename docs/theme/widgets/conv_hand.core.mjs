// One convolution by hand, as dlbook.convolution.conv2d does it for one channel: windows, products, sums.

/** The kernel turned by half a turn: what a true convolution does first. */
export const flipped = (kernel) => kernel.map((row) => [...row].reverse()).reverse();

/** How many places there are along an axis of n pixels. */
export const places = (n, k, { stride, padding }) => Math.floor((n + 2 * padding - k) / stride) + 1;

/** The pixels under the window of place (i, j); outside of the image lie zeros. */
export const windowAt = (image, [rows, columns], i, j, { stride, padding }) =>
  Array.from({ length: rows }, (_, u) =>
    Array.from({ length: columns }, (_, v) => image[i * stride + u - padding]?.[j * stride + v - padding] ?? 0));

/** The products of weight and pixel at place (i, j), row by row. */
export const products = (image, kernel, i, j, how) => {
  const seen = windowAt(image, [kernel.length, kernel[0].length], i, j, how);
  return kernel.map((row, u) => row.map((weight, v) => weight * seen[u][v]));
};

/** The sum at every place. */
export const correlate = (image, kernel, how) => {
  const height = places(image.length, kernel.length, how);
  const width = places(image[0].length, kernel[0].length, how);
  return Array.from({ length: height }, (_, i) =>
    Array.from({ length: width }, (_, j) => products(image, kernel, i, j, how).flat().reduce((sum, p) => sum + p, 0)));
};

/** The place whose window has a pixel in its middle, or comes nearest to that. */
export const nearest = (image, [row, column], { stride, padding }) =>
  [[image.length, row], [image[0].length, column]].map(([n, at]) =>
    Math.min(places(n, 3, { stride, padding }) - 1, Math.max(0, Math.round((at + padding - 1) / stride))));

const LARGE = 0.9; // of the largest answer: as good as the largest
const differ = (one, other) => one.some((row, i) => row.some((value, j) => value !== other[i]?.[j]));
const sizes = (rows) => rows.flat().map(Math.abs);

const TASKS = {
  copy: ({ image, output }) => !differ(image, output) && new Set(image.flat()).size > 1,
  sign: ({ image, kernel, how, output }) =>
    Math.max(...sizes(output)) > 0 && !differ(output, correlate(image, flipped(kernel), how).map((row) => row.map((value) => -value))),
  strongest: ({ kernel, output, place: [i, j], photo }) =>
    photo && Math.max(...sizes(output)) > 0 && kernel.flat().reduce((sum, w) => sum + w, 0) === 0 && Math.abs(output[i][j]) >= LARGE * Math.max(...sizes(output)),
};

/** Those of the tasks that are fulfilled: a copy of the image; turned, the kernel answers with the other sign; the photo's strongest edge. */
export const done = (image, kernel, how, place, photo) => {
  const all = { image, kernel, how, place, photo, output: correlate(image, kernel, how) };
  return Object.keys(TASKS).filter((task) => TASKS[task](all));
};

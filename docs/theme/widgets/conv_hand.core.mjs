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

// Nine numbers laid over each place of a photo: the products, added up.
import { PACKED, SIDE } from "./flower.weights.mjs";

/** The photo, row by row, from 0 to 1. */
export const PHOTO = [...atob(PACKED)].map((byte) => byte.charCodeAt(0) / 255);
export const PLACES = SIDE - 2; // along a side

const NINE = [0, 1, 2, 3, 4, 5, 6, 7, 8];
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** The nine pixels whose corner is at a place. */
export const windowAt = (row, column) => NINE.map((at) => PHOTO[(row + Math.floor(at / 3)) * SIDE + column + (at % 3)]);

/** What the nine numbers make of one place. */
export const answer = (kernel, row, column) => sum(windowAt(row, column).map((pixel, at) => pixel * kernel[at]));

/** The whole map, row by row. */
export const answers = (kernel) =>
  Array.from({ length: PLACES ** 2 }, (_, at) => answer(kernel, Math.floor(at / PLACES), at % PLACES));

/** Whether numbers add up to nothing, and so answer nothing to a plain surface. */
export const isInk = (kernel) => Math.abs(sum(kernel)) < 1e-9;

const only = (kernel, at) => kernel.every((value, place) => value === (place === at ? 1 : 0));

/** What of the tasks nine numbers fulfil: the photo as it was, moved by a pixel, upright edges and no others. */
export const done = (kernel) => {
  const rows = [0, 3, 6].map((from) => kernel.slice(from, from + 3));
  const found = {
    same: only(kernel, 4),
    moved: NINE.some((at) => at !== 4 && only(kernel, at)),
    upright: rows.every(isInk) && kernel.some((value) => value !== 0),
  };
  return Object.keys(found).filter((task) => found[task]);
};

// Views of one photo, as dlbook.augmentation makes them: a window, its mirror image, a shift of all colours.
import { PACKED, SIZE, VALUES, VECTORS, WINDOW } from "./augment.weights.mjs";

export { SIZE, WINDOW };
const SIGMA = 0.1;
const SCALES = {
  deviation: (variance) => Math.sqrt(variance),
  variance: (variance) => variance, // of pixels from 0 to 1
  bytes: (variance) => 255 * variance, // of pixels from 0 to 255, as a part of their range
};
export const FORMS = Object.keys(SCALES);

/** All numbers of the photo from 0 to 1: row by row, in each pixel red, green, blue. */
export const PHOTO = Array.from(atob(PACKED), (letter) => letter.charCodeAt(0) / 255);

/** How many places a window has from top to bottom, and from left to right. */
export const room = () => SIZE.map((side, axis) => side - WINDOW[axis] + 1);

/** Row and column of the first pixel of a window; places are numbered as one reads. */
export const corner = (place) => [Math.floor(place / room()[1]), place % room()[1]];

/** The place whose window has its middle nearest to a point. */
export const nearest = (point) => {
  const [row, column] = room().map((many, axis) => Math.min(many - 1, Math.max(0, Math.round(point[axis] - WINDOW[axis] / 2))));
  return row * room()[1] + column;
};

/** What is added to red, green and blue; alphas are in units of sigma. */
export const shift = (alphas, form) =>
  VECTORS.map((row) => row.reduce((sum, part, axis) => sum + part * SIGMA * alphas[axis] * SCALES[form](VALUES[axis]), 0));

/** The numbers of a view, row by row. */
export const view = (place, flip, added) => {
  const [top, left] = corner(place);
  const [rows, columns] = WINDOW;
  const seen = [];
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const column = left + (flip ? columns - 1 - j : j);
      for (let c = 0; c < 3; c++) seen.push(PHOTO[((top + i) * SIZE[1] + column) * 3 + c] + added[c]);
    }
  }
  return seen;
};

/** What of the tasks a state of the figure fulfils: the last view of all, a cast of red, a tenth of all numbers cut off. */
export const done = ({ flip, place, first, second, third, form }) => {
  const added = shift([first, second, third], form);
  const seen = view(place, flip, added);
  const found = {
    last: flip && place === room()[0] * room()[1] - 1,
    cast: added[0] >= 0.03 && added[2] <= -0.02,
    cut: form === "deviation" && outside(seen) >= 0.1 * seen.length,
  };
  return Object.keys(found).filter((task) => found[task]);
};

/** How many numbers are no colour: a screen cuts them off. */
export const outside = (numbers) => numbers.filter((value) => value < 0 || value > 1).length;

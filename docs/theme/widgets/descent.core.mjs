// Gradient descent on a surface over two numbers, as dlbook.gradient_descent and torch.optim take their steps.

/** The surfaces: value and gradient at a point, the least value of all, and where it is. */
export const SURFACES = {
  bowl: { value: ([x, y]) => (x * x + y * y) / 2, gradient: ([x, y]) => [x, y], least: 0, minima: [[0, 0]] },
  ravine: { value: ([x, y]) => (x * x + 20 * y * y) / 2, gradient: ([x, y]) => [x, 20 * y], least: 0, minima: [[0, 0]] },
  saddle: {
    value: ([x, y]) => (x * x - y * y) / 2 + y ** 4 / 20,
    gradient: ([x, y]) => [x, -y + y ** 3 / 5],
    least: -1.25,
    minima: [[0, -Math.sqrt(5)], [0, Math.sqrt(5)]],
  },
  bend: {
    value: ([x, y]) => (1 - x) ** 2 / 2 + 2 * (y - (x * x) / 2) ** 2,
    gradient: ([x, y]) => [x - 1 - 4 * x * (y - (x * x) / 2), 4 * (y - (x * x) / 2)],
    least: 0,
    minima: [[1, 0.5]],
  },
};

/** What a second walk may take. */
export const OTHERS = { none: null, plain: { method: "sgd", momentum: 0 }, momentum: { method: "sgd", momentum: 0.9 }, adam: { method: "adam" } };

const plain = ({ rate, momentum }) => {
  let speed = [0, 0];
  return (point, slope) => {
    speed = speed.map((v, at) => momentum * v + slope[at]); // torch's way: the step size is not in it
    return point.map((w, at) => w - rate * speed[at]);
  };
};

const adam = ({ rate }, [first, second, small] = [0.9, 0.999, 1e-8]) => {
  let [m, v, t] = [[0, 0], [0, 0], 0];
  return (point, slope) => {
    t += 1;
    m = m.map((old, at) => first * old + (1 - first) * slope[at]);
    v = v.map((old, at) => second * old + (1 - second) * slope[at] ** 2);
    return point.map((w, at) => w - (rate * m[at]) / (1 - first ** t) / (Math.sqrt(v[at]) / Math.sqrt(1 - second ** t) + small));
  };
};

/** The points that descent visits, the start included; it stops where numbers get out of hand. */
export const path = (surface, start, { rate, momentum = 0, method = "sgd", steps }) => {
  const step = method === "adam" ? adam({ rate }) : plain({ rate, momentum });
  const points = [start];
  for (let taken = 0; taken < steps; taken++) {
    const next = step(points.at(-1), SURFACES[surface].gradient(points.at(-1)));
    if (!next.every((value) => Math.abs(value) < 1e6)) break;
    points.push(next);
  }
  return points;
};

/** The loss at each point. */
export const losses = (surface, points) => points.map(SURFACES[surface].value);

/** How far each point lies above the lowest of the surface. */
export const above = (surface, points) => losses(surface, points).map((loss) => loss - SURFACES[surface].least);

/** Where a surface is lowest. */
export const minima = (surface) => SURFACES[surface].minima;

const LONG = 200; // steps after which it shows whether a walk comes to rest

/** Whether the walk of a state gets to a hundredth of its height above the lowest point. */
const settles = ({ surface, x, y, ...how }) => {
  const points = path(surface, [x, y], { ...how, steps: LONG });
  const heights = above(surface, points);
  return points.length > LONG && heights.at(-1) < heights[0] / 100;
};

/** The second walk of a state: same start, same rate; none if only one is wanted. */
export const beside = ({ surface, x, y, rate, steps, other }) => OTHERS[other] && path(surface, [x, y], { ...OTHERS[other], rate, steps });

const TASKS = {
  // the rate is within a twentieth of the largest
  largest: (state) =>
    state.surface === "ravine" && state.method === "sgd" && state.momentum === 0 && settles(state) && !settles({ ...state, rate: 1.05 * state.rate }),
  // exactly on the dividing line the walk ends on the saddle itself
  saddle: ({ surface, x, y, steps, ...how }) => {
    const last = path(surface, [x, y], { ...how, steps }).at(-1);
    return surface === "saddle" && Math.abs(x) > 0.5 && last[1] === 0 && Math.abs(last[0]) < 0.1;
  },
  // a hundred times lower, by another method alone
  second: ({ surface, x, y, ...how }) => {
    const other = beside({ surface, x, y, ...how });
    if (surface !== "bend" || !other) return false;
    const [one, two] = [path(surface, [x, y], how), other].map((points) => points.length > how.steps ? above(surface, points).at(-1) : NaN);
    return Math.min(one, two) < Math.max(one, two) / 100;
  },
};

/** Those of the tasks that a state fulfils. */
export const done = (state) => Object.keys(TASKS).filter((task) => TASKS[task](state));

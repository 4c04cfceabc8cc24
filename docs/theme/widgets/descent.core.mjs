// Gradient descent on a surface over two numbers, as dlbook.gradient_descent and torch.optim take their steps.

/** The surfaces: value and gradient at a point, and the least value of all. */
export const SURFACES = {
  bowl: { value: ([x, y]) => (x * x + y * y) / 2, gradient: ([x, y]) => [x, y], least: 0 },
  ravine: { value: ([x, y]) => (x * x + 20 * y * y) / 2, gradient: ([x, y]) => [x, 20 * y], least: 0 },
  saddle: { value: ([x, y]) => (x * x - y * y) / 2 + y ** 4 / 20, gradient: ([x, y]) => [x, -y + y ** 3 / 5], least: -1.25 }, // at y = ±√5
  bend: {
    value: ([x, y]) => (1 - x) ** 2 / 2 + 2 * (y - (x * x) / 2) ** 2,
    gradient: ([x, y]) => [x - 1 - 4 * x * (y - (x * x) / 2), 4 * (y - (x * x) / 2)],
    least: 0,
  },
};

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

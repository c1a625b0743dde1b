// Both charts as two rings in one zodiac: A inside, B outside, and the aspects between them as lines.

import {BODIES, SIGNS, SIGN_NAMES, aspect, bodyGlyph, bodyName, orb, place, svg} from './words.js';

const SIZE = 640;
const C = SIZE / 2;
const RIM = 308, SIGN_RING = 262, OUTER = 226, INNER = 168, LINES = 132;
const GLYPH = 31; // as wide as one is on a phone
const ROUNDS = 120;

/** 0° Aries at the left, counter-clockwise, as charts are drawn. */
function point(longitude, radius) {
  const angle = (180 - longitude) * Math.PI / 180;
  return [C + radius * Math.cos(angle), C + radius * Math.sin(angle)];
}

let wheels = 0;

export class Wheel {
  #lines = svg('g', {class: 'lines'});
  #bodies = svg('g', {class: 'bodies'});
  #title = svg('title', {id: `wheel-title-${++wheels}`});

  constructor() {
    this.element = svg('svg', {viewBox: `0 0 ${SIZE} ${SIZE}`, class: 'wheel', role: 'img', 'aria-labelledby': this.#title.id},
      this.#title, ...zodiac(), this.#lines, this.#bodies);
  }

  draw(names, places, cells, lit) {
    const [a, b] = places;
    this.#title.textContent = `Bi-wheel: ${names[0]} inside, ${names[1]} outside, ${cells.size} aspects; the table names each`;
    this.#bodies.replaceChildren(...ring(a, INNER, 'a', LINES, names[0]), ...ring(b, OUTER, 'b', SIGN_RING, names[1]));
    const lines = [];
    const tightLast = [...cells.values()].sort((x, y) => y.orb / aspect(y.aspect)[2] - x.orb / aspect(x.aspect)[2]);
    for (const held of tightLast) {
      const from = a?.[held.bodyA], to = b?.[held.bodyB];
      if (from === undefined || to === undefined) continue;
      const [x1, y1] = point(from, LINES), [x2, y2] = point(to, LINES);
      const [name, nature, most] = aspect(held.aspect);
      const strength = Math.max(0, 1 - held.orb / most); // another policy may have wider orbs
      const line = svg('line', {x1, y1, x2, y2, class: `line ${nature}${lit.has(`${held.bodyA} ${held.bodyB}`) ? ' lit' : ''}`,
        'stroke-width': (0.6 + 2.6 * strength).toFixed(2), 'stroke-opacity': (0.16 + 0.74 * strength).toFixed(2)},
        svg('title', {}, `${bodyName(held.bodyA)} ${name.toLowerCase()} ${bodyName(held.bodyB)}, ${orb(held.orb)}`));
      lines.push(line);
    }
    this.#lines.replaceChildren(...lines);
  }
}

function zodiac() {
  const parts = [
    svg('circle', {cx: C, cy: C, r: RIM, class: 'rim'}),
    svg('circle', {cx: C, cy: C, r: SIGN_RING, class: 'rim'}),
    svg('circle', {cx: C, cy: C, r: (OUTER + INNER) / 2, class: 'rim faint'}),
    svg('circle', {cx: C, cy: C, r: LINES, class: 'rim hub'}),
  ];
  SIGNS.forEach((sign, index) => {
    const from = 30 * index;
    const [x1, y1] = point(from, SIGN_RING), [x2, y2] = point(from, RIM);
    const [tx, ty] = point(from + 15, (SIGN_RING + RIM) / 2);
    const [ax, ay] = point(from + 30, RIM), [bx, by] = point(from + 30, SIGN_RING);
    parts.push(
      svg('path', {class: `sign element-${index % 4}`, d: `M${x1} ${y1}L${x2} ${y2}A${RIM} ${RIM} 0 0 0 ${ax} ${ay}L${bx} ${by}A${SIGN_RING} ${SIGN_RING} 0 0 1 ${x1} ${y1}Z`},
        svg('title', {}, SIGN_NAMES[index])),
      svg('text', {x: tx, y: ty, class: 'sign-glyph'}, sign + '\uFE0E'));
  });
  for (let degree = 0; degree < 360; degree += 5) {
    const [x1, y1] = point(degree, SIGN_RING), [x2, y2] = point(degree, SIGN_RING - (degree % 30 === 0 ? 9 : 4));
    parts.push(svg('line', {x1, y1, x2, y2, class: 'tick'}));
  }
  return parts;
}

function ring(places, radius, side, tickRadius, who) {
  if (!places) return [];
  const bodies = Object.keys(BODIES).filter((id) => places[id] !== undefined).map((id) => ({id, at: places[id]})).sort((x, y) => x.at - y.at);
  const shown = spread(bodies.map((body) => body.at), GLYPH / radius * 180 / Math.PI);
  return bodies.flatMap((body, index) => {
    const [x, y] = point(shown[index], radius);
    const [x1, y1] = point(body.at, tickRadius), [x2, y2] = point(shown[index], radius + (tickRadius > radius ? 17 : -17));
    return [
      svg('line', {x1, y1, x2, y2, class: `pointer ${side}`}),
      svg('text', {x, y, class: `body ${side}`}, bodyGlyph(body.id), svg('title', {}, `${who}: ${bodyName(body.id)}, ${place(body.at)}`)),
    ];
  });
}

/** Moves sorted longitudes apart until no two glyphs touch, each as little as it takes. */
function spread(sorted, least) {
  const at = [...sorted];
  for (let round = 0; round < ROUNDS; round++) {
    let moved = false;
    for (let i = 0; i < at.length; i++) {
      const next = (i + 1) % at.length;
      const gap = next === 0 ? at[next] + 360 - at[i] : at[next] - at[i];
      if (at.length > 1 && gap < least) {
        const push = (least - gap) / 2 + 0.01;
        at[i] -= push;
        at[next] += push;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return at;
}

// Both charts as two rings in one zodiac: A inside, B outside, and the aspects between them as lines.

import {BODIES, Children, SIGNS, SIGN_NAMES, aspect, bodyGlyph, bodyName, orb, place, renew, reword, svg} from './words.js';

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

/** To a tenth of a unit, which is less than a pixel: what moves less is not painted again. */
const coordinate = (units) => units.toFixed(1);

function segment([x1, y1], [x2, y2]) {
  return {x1: coordinate(x1), y1: coordinate(y1), x2: coordinate(x2), y2: coordinate(y2)};
}

let wheels = 0;

export class Wheel {
  #lines = svg('g', {class: 'lines'});
  #held = new Children(this.#lines, () => svg('line', {}, svg('title')));
  #bodies = svg('g', {class: 'bodies'});
  #placed = new Children(this.#bodies, marker);
  #title = svg('title', {id: `wheel-title-${++wheels}`});

  constructor() {
    this.element = svg('svg', {viewBox: `0 0 ${SIZE} ${SIZE}`, class: 'wheel', role: 'img', 'aria-labelledby': this.#title.id},
      this.#title, ...zodiac(), this.#lines, this.#bodies);
  }

  draw(names, places, cells, lit) {
    const [a, b] = places;
    reword(this.#title, `Bi-wheel: ${names[0]} inside, ${names[1]} outside, ${cells.size} aspects; the table names each`);
    const rings = [...ring(a, INNER, 'a', LINES, names[0]), ...ring(b, OUTER, 'b', SIGN_RING, names[1])];
    this.#placed.want(rings.map((body) => body.key)).forEach((group, index) => {
      const {pointer, at: [x, y], words} = rings[index];
      const [line, text] = group.children;
      renew(line, pointer);
      renew(text, {x: coordinate(x), y: coordinate(y)});
      reword(text.lastElementChild, words);
    });
    const tightLast = [...cells.values()].filter((held) => a?.[held.bodyA] !== undefined && b?.[held.bodyB] !== undefined)
      .sort((x, y) => y.orb / aspect(y.aspect)[2] - x.orb / aspect(x.aspect)[2]);
    this.#held.want(tightLast.map(cellOf)).forEach((line, index) => {
      const held = tightLast[index];
      const [name, nature, most] = aspect(held.aspect);
      const strength = Math.max(0, 1 - held.orb / most); // another policy may have wider orbs
      renew(line, {...segment(point(a[held.bodyA], LINES), point(b[held.bodyB], LINES)), class: `line ${nature}${lit.has(cellOf(held)) ? ' lit' : ''}`,
        'stroke-width': (0.6 + 2.6 * strength).toFixed(2), 'stroke-opacity': (0.16 + 0.74 * strength).toFixed(2)});
      reword(line.firstElementChild, `${bodyName(held.bodyA)} ${name.toLowerCase()} ${bodyName(held.bodyB)}, ${orb(held.orb)}`);
    });
  }
}

const cellOf = (held) => `${held.bodyA} ${held.bodyB}`;

/** The glyph of a body, and the line that points to where it stands. */
function marker(key) {
  const [side, id] = key.split(' ');
  return svg('g', {}, svg('line', {class: `pointer ${side}`}), svg('text', {class: `body ${side}`}, bodyGlyph(id), svg('title')));
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
  return bodies.map((body, index) => ({
    key: `${side} ${body.id}`,
    at: point(shown[index], radius),
    pointer: segment(point(body.at, tickRadius), point(shown[index], radius + (tickRadius > radius ? 17 : -17))),
    words: `${who}: ${bodyName(body.id)}, ${place(body.at)}`,
  }));
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

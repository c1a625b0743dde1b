// Names, glyphs and numbers, and how elements are made: text is always text, never markup.

const TEXT = '\uFE0E'; // the glyph as text, not as a coloured picture

export const BODIES = {
  sun: ['☉', 'Sun'], moon: ['☽', 'Moon'], mercury: ['☿', 'Mercury'], venus: ['♀', 'Venus'], mars: ['♂', 'Mars'],
  jupiter: ['♃', 'Jupiter'], saturn: ['♄', 'Saturn'], uranus: ['♅', 'Uranus'], neptune: ['♆', 'Neptune'], pluto: ['♇', 'Pluto'],
  north_node: ['☊', 'North node'], chiron: ['⚷', 'Chiron'], lilith: ['⚸', 'Lilith'], ascendant: ['Ac', 'Ascendant'],
  midheaven: ['Mc', 'Midheaven'], vertex: ['Vx', 'Vertex'],
};
export const CLASSIC = Object.keys(BODIES).slice(0, 10);
export const ASPECTS = {
  conjunction: ['Conjunction', 'harmonious', 10], sextile: ['Sextile', 'harmonious', 6], square: ['Square', 'challenging', 8],
  trine: ['Trine', 'harmonious', 8], opposition: ['Opposition', 'challenging', 10],
  quincunx: ['Quincunx', 'challenging', 3], semi_sextile: ['Semi-sextile', 'neutral', 2],
};
export const SIGNS = ['♈', '♉', '♊', '♋', '♌', '♍', '♎', '♏', '♐', '♑', '♒', '♓'];
export const SIGN_NAMES = ['Aries', 'Taurus', 'Gemini', 'Cancer', 'Leo', 'Virgo', 'Libra', 'Scorpio', 'Sagittarius', 'Capricorn', 'Aquarius', 'Pisces'];

export const glyph = (entry) => entry[0].length === 1 ? entry[0] + TEXT : entry[0];
export const bodyGlyph = (id) => glyph(BODIES[id] ?? ['?', id]);
export const bodyName = (id) => (BODIES[id] ?? ['?', id])[1];
export const aspect = (id) => ASPECTS[id] ?? [id, 'neutral', 10];
// Drawn, because few fonts have all seven.
const SHAPES = {
  conjunction: 'M8 8m-3.4 2.2a3.4 3.4 0 1 0 6.8 0a3.4 3.4 0 1 0-6.8 0M10.4 7.8 14 3',
  sextile: 'M8 2V14M2.8 5 13.2 11M13.2 5 2.8 11', square: 'M3 3H13V13H3Z', trine: 'M8 2.5 14 13H2Z',
  opposition: 'M4.6 11.4m-2.4 0a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0M6.3 9.7 9.7 6.3M11.4 4.6m-2.4 0a2.4 2.4 0 1 0 4.8 0a2.4 2.4 0 1 0-4.8 0',
  quincunx: 'M2 12H14M8 12 3.5 4.5M8 12 12.5 4.5', semi_sextile: 'M2 5H14M8 5 3.5 12.5M8 5 12.5 12.5',
};

/** The sign of an aspect; what it means stands beside it. */
export const aspectIcon = (id) => svg('svg', {viewBox: '0 0 16 16', class: 'glyph icon', 'aria-hidden': 'true'}, svg('path', {d: SHAPES[id] ?? ''}));

export const orb = (degrees) => degrees.toFixed(degrees < 10 ? 2 : 1) + '°';

export function place(longitude) {
  const sign = Math.floor(longitude / 30) % 12;
  const within = longitude - 30 * Math.floor(longitude / 30);
  return `${Math.floor(within)}° ${SIGN_NAMES[sign]}`;
}

export const when = (iso) => iso ? new Date(iso).toLocaleString(undefined, {dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC'}) + ' UTC' : '';
export const clock = (date) => date.toLocaleTimeString(undefined, {hour: '2-digit', minute: '2-digit', second: '2-digit'});
/** A time of day, with its day where that is another than today. */
export const moment = (date) => date.toDateString() === new Date().toDateString() ? clock(date) : `${date.toLocaleDateString(undefined, {dateStyle: 'medium'})}, ${clock(date)}`;
/** How far apart the marks of a time axis may be: a time of day tells no less than a second. */
export const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, 86_400];
export const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
export const count = (number) => Math.round(number).toLocaleString('en');

/** An element with attributes and children; a string child is a text node. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

function fill(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else element.setAttribute(key, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Sets the attributes that are not so already: what is set is laid out and painted again. */
export function renew(element, attributes) {
  for (const [key, value] of Object.entries(attributes)) {
    const text = String(value);
    if (element.getAttribute(key) !== text) element.setAttribute(key, text);
  }
}

/** Puts the text in, if it is another one. */
export function reword(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** The children of an element by key: one is made when it is first wanted, and stays for as long as it is. */
export class Children {
  #parent;
  #make;
  #made = new Map();

  constructor(parent, make) {
    this.#parent = parent;
    this.#make = make;
  }

  /** Those of the keys, in their order. */
  want(keys) {
    const wanted = new Set(keys);
    for (const [key, child] of this.#made) if (!wanted.has(key)) { child.remove(); this.#made.delete(key); }
    let next = this.#parent.firstChild;
    return keys.map((key) => {
      let child = this.#made.get(key);
      if (!child) this.#made.set(key, child = this.#make(key));
      if (child === next) next = next.nextSibling;
      else this.#parent.insertBefore(child, next);
      return child;
    });
  }
}

const REACHED = 'summary, a, [tabindex]';
const nameOf = (element) => [element.closest('[data-key]')?.dataset.key, element.localName, element.getAttribute('href') ?? element.getAttribute('aria-label')].join(' ');
const filled = new WeakMap();

/** New children, if they tell another thing: what was open is open again, also after a while without it, and what had the focus has it. Of several like ones an element around each has a data-key. */
export function refill(parent, what, make) {
  const told = JSON.stringify(what);
  const {told: before, open} = filled.get(parent) ?? {open: new Set()};
  if (told === before) return;
  filled.set(parent, {told, open});
  for (const summary of parent.querySelectorAll('summary')) open[summary.parentElement.open ? 'add' : 'delete'](nameOf(summary));
  const focused = parent.contains(document.activeElement) ? nameOf(document.activeElement) : null;
  parent.replaceChildren(...make());
  for (const element of parent.querySelectorAll(REACHED)) {
    const name = nameOf(element);
    if (open.has(name)) element.parentElement.open = true;
    if (name === focused) element.focus({preventScroll: true});
  }
}

/** How a curve runs, for who does not see it. */
export function course(name, values, words) {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return `${name}: not known yet`;
  return `${name}: first ${words(known[0])}, last ${words(known.at(-1))}, least ${words(Math.min(...known))}, most ${words(Math.max(...known))}`;
}

/** Light has become dark or dark light: what is drawn in colours of its own is drawn anew. */
export const onScheme = (draw) => matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw);

/** A table that is scrolled by itself where the page is narrow. */
export const scroll = (label, table) => el('div', {class: 'scroll', tabindex: '0', role: 'region', 'aria-label': label}, table);

/** "venus-mars trine" in words; what is none as it is. */
export function aspectName(item) {
  const match = /^(\w+)-(\w+) (\w+)$/.exec(item);
  return match ? `${bodyName(match[1])} ${bodyName(match[2])} ${aspect(match[3])[0].toLowerCase()}` : String(item);
}

/** What a change says, in words. */
export function sentence(change) {
  const [a, b] = [bodyName(change.bodyA), bodyName(change.bodyB)];
  switch (change.change) {
    case 'FORMED': return `${a} ${aspect(change.aspect)[0].toLowerCase()} ${b} formed, orb ${orb(change.orb)}`;
    case 'DISSOLVED': return `${a} ${aspect(change.previousAspect)[0].toLowerCase()} ${b} dissolved`;
    case 'REPLACED': return `${a} ${aspect(change.previousAspect)[0].toLowerCase()} ${b} gave way to ${aspect(change.aspect)[0].toLowerCase()}, orb ${orb(change.orb)}`;
    default: return `${a} ${aspect(change.aspect)[0].toLowerCase()} ${b} ${change.orb < change.previousOrb ? 'closes' : 'widens'} to ${orb(change.orb)}`;
  }
}

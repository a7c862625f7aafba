// Every assumption that the suites make about the markup of the pages stands here, and nowhere else.
// When a template changes a hook, this is the one file to change with it.

/** The policy that every page states in a meta tag (DESIGN.md, "The house"). */
export const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self'; manifest-src 'self'; connect-src 'self'";

/** The kinds of page that the site of this repository must have. */
export const KINDS = [
  'root', 'home', 'items', 'item', 'domain', 'department', 'audience', 'life-event', 'notice', 'interpretation',
  'tasks', 'division', 'indicators', 'catalogue', 'search', 'about', 'data', '404',
];

/** The kind of a page, by its path in the output (DESIGN.md, "Contracts"). */
export function kindOf(path) {
  if (path === 'index.html') return 'root';
  if (path === '404.html') return '404';
  const within = path.split('/').slice(1).join('/');
  const singles = {
    'index.html': 'home', 'items.html': 'items', 'catalogue.html': 'catalogue', 'search.html': 'search',
    'about.html': 'about', 'data.html': 'data', 'changes.html': 'changes',
    'policy/notice.html': 'notice', 'policy/interpretation.html': 'interpretation', 'policy/tasks.html': 'tasks',
    'policy/division.html': 'division', 'policy/indicators.html': 'indicators',
  };
  if (singles[within]) return singles[within];
  const folders = {
    items: 'item', domains: 'domain', departments: 'department', audiences: 'audience', 'life-events': 'life-event',
    policy: 'document', catalogue: 'chapter',
  };
  const parts = within.split('/');
  return (parts.length === 2 && folders[parts[0]]) || 'other';
}

/** What a phone must show of an item without scrolling, as selectors that are tried together. */
export const FOLD = {
  'the heading': 'h1',
  'who can apply': '.fact-eligibility',
  'the amount': '.amounts',
  'the department': '.fact-departments',
};

/** The skip link is the first stop of the Tab key and leads to the main content. */
export const SKIP_LINK = 'a.skip';

/** The banner that states the document's validity (lapsed). Stands on every page of the main site, and on paper. */
export const VALIDITY = '.validity';

/** Where display settings are remembered: localStorage[key] = JSON {size, contrast, theme}. */
export const STORAGE_KEY = 'qingdan';

/** The element that holds the display settings, a <details> or a plain region. */
export const SETTINGS = 'details.settings';

/** The control that sets `name` (size, contrast, theme) to `value`; a radio button or an option would do as well. */
export const settingControl = (name, value) => `button[data-set="${name}"][value="${value}"], input[name="${name}"][value="${value}"]`;

/** The modes that accessibility is tested in (not forced colours: axe-core reads the colours that the page wished for). `settings` are chosen as a user would, with the page's own controls. */
export const MODES = {
  light: { settings: {} },
  dark: { settings: { theme: 'dark' } },
  'high contrast': { settings: { contrast: 'high' } },
  'high contrast, dark': { settings: { contrast: 'high', theme: 'dark' } },
  xlarge: { settings: { size: 'xlarge' } },
};

/** Elements that have no use on paper. A contents list may stay. */
export const NOT_ON_PAPER =
  '.site-nav, .crumbs, .pager, .side-nav, .footer-nav, body > header nav, body > footer nav, details.settings, button, form, [role="search"], input, select';

/** What must be big enough to be hit by a thumb. */
export const TARGETS =
  'button, nav a[href], summary, select, textarea, input:not([type="hidden"]), [role="button"], [role="tab"], [role="switch"]';

/** What the Tab key must reach. */
export const FOCUSABLE =
  'a[href], area[href], button:not([disabled]), input:not([disabled]):not([type="hidden"]), select:not([disabled]), ' +
  'textarea:not([disabled]), summary, iframe, audio[controls], video[controls], [contenteditable], [tabindex]';

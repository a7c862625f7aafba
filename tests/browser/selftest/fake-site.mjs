// A small site that satisfies every suite: what the suites are proved on, before any real page exists and after.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CSP } from '../lib/markup.mjs';

const CSS = `
:root{--ground:#fff;--ink:#1a1a1a;--green:#14532d;--size:18px}
:root[data-theme=dark]{--ground:#101412;--ink:#eee;--green:#9fd8b4}
:root[data-contrast=high]{--ground:#fff;--ink:#000;--green:#003300}
:root[data-contrast=high][data-theme=dark]{--ground:#000;--ink:#fff;--green:#c8ffd8}
:root[data-size=xlarge]{--size:26px}
*{box-sizing:border-box}
html{font-size:var(--size)}
body{margin:0;padding:0 16px;background:var(--ground);color:var(--ink);font:1rem/1.75 sans-serif;overflow-wrap:anywhere}
a{color:var(--green)}
:focus-visible{outline:3px solid var(--green);outline-offset:2px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--ground);padding:12px}
nav a,footer nav a,button,summary,label{display:inline-flex;align-items:center;min-height:44px;min-width:44px;padding:0 8px;font-size:1rem}
button,input{font:inherit;min-height:44px;min-width:44px}
.no-script .needs-script{display:none}
h1{font-size:1.3rem;margin:.5rem 0}
table{border-collapse:collapse}.scroll{overflow-x:auto}
dd{margin:0}
@media print{body{background:#fff;color:#000}header nav,footer nav,details,form,button,.skip{display:none}}
`;
const DISPLAY = `(function(){var r=document.documentElement,k='qingdan',s={};
try{var v=JSON.parse(localStorage.getItem(k));if(v&&typeof v==='object')s=v}catch(e){}
function apply(){['size','contrast','theme'].forEach(function(n){if(typeof s[n]==='string'&&/^[a-z]+$/.test(s[n]))r.setAttribute('data-'+n,s[n]);else r.removeAttribute('data-'+n)})}
r.classList.remove('no-script');apply();
document.addEventListener('click',function(e){var b=e.target.closest&&e.target.closest('[data-set]');if(!b)return;
s[b.getAttribute('data-set')]=b.value;try{localStorage.setItem(k,JSON.stringify(s))}catch(e){}apply()})})();`;

const PAGES = {
  'index.html': ['home', '公共服务清单'],
  'items.html': ['items', '全部服务项目'],
  'items/boarding.html': ['item', '寄宿生生活补助'],
  'items/school.html': ['item', '免费义务教育'],
  'domains/education.html': ['domain', '基本公共教育'],
  'departments/education.html': ['department', '教育局'],
  'audiences/students.html': ['audience', '学生'],
  'life-events/schooling.html': ['life-event', '上学'],
  'policy/notice.html': ['notice', '通知'],
  'policy/interpretation.html': ['interpretation', '政策解读'],
  'policy/tasks.html': ['tasks', '重点任务'],
  'policy/division.html': ['division', '分工'],
  'policy/indicators.html': ['indicators', '主要指标'],
  'catalogue.html': ['catalogue', '打印清单'],
  'search.html': ['search', '查找'],
  'about.html': ['about', '编辑说明'],
  'data.html': ['data', '开放数据'],
};
const LANGS = { zh: 'zh-Hans', en: 'en' };
const BASE = 'https://example.org/list/';

const body = (kind, up) => ({
  item: `<dl><dt>谁能享受</dt><dd class="fact-eligibility">义务教育家庭经济困难寄宿学生。</dd><dt>补助多少</dt><dd class="amounts"><strong>1000</strong>元</dd><dt>找谁办</dt><dd class="fact-departments"><a href="${up}departments/education.html">教育局</a></dd></dl>`,
  notice: '<h2 id="tasks">三、重点任务</h2><p>完善国家基本公共服务制度，逐步实现均等化。</p><p><a href="#tasks">重点任务</a></p>',
  indicators: '<section class="scroll" tabindex="0" aria-label="指标表"><table><caption>指标</caption><thead><tr><th scope="col">名称</th><th scope="col">2015</th></tr></thead><tbody><tr><th scope="row">巩固率</th><td>93</td></tr></tbody></table></section>',
  search: `<form action="items.html" role="search"><label for="q">查找</label> <input id="q" name="q" type="search"> <button type="submit">查找</button></form>`,
}[kind] ?? '<p>这一页说明本市居民可以享受的基本公共服务，以及由谁负责。</p>');

function page(path, kind, h1, tag, up, { links, base }) {
  const absolute = (p) => BASE + p.replace(/(^|\/)index\.html$/, '$1');
  const within = path.split('/').slice(1).join('/');
  const alternates = base && path.includes('/')
    ? `<link rel="canonical" href="${absolute(path)}">${Object.entries(LANGS).map(([dir, t]) => `<link rel="alternate" hreflang="${t}" href="${absolute(`${dir}/${within}`)}">`).join('')}<link rel="alternate" hreflang="x-default" href="${absolute(`zh/${within}`)}">`
    : base && path === 'index.html' ? `<link rel="canonical" href="${absolute(path)}">` : '';
  const assets = kind === '404' ? (base ? '/list/assets/' : '/assets/') : `${'../'.repeat(path.split('/').length - 1)}assets/`;
  return `<!DOCTYPE html>
<html lang="${tag}" class="no-script"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${CSP}">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>${h1} · ${path}</title>${alternates}
<link rel="icon" href="data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'/%3E">
<link rel="stylesheet" href="${assets}a.css"><script src="${assets}display.js"></script>
<script type="application/ld+json">{"@context":"https://schema.org","@type":"WebPage"}</script></head><body>
<a class="skip" href="#main">跳到正文</a>
<header><p class="validity">本文件已失效</p>
<nav aria-label="网站">${links}</nav>
<details class="settings needs-script"><summary>显示设置</summary><button type="button" data-set="size" value="xlarge">特大</button><button type="button" data-set="contrast" value="high">高对比</button><button type="button" data-set="theme" value="dark">深色</button></details></header>
<main id="main" tabindex="-1"><h1>${h1}</h1>${body(kind, up)}<p>资料来自政府公开文件，以正式文本为准。</p></main>
<footer><p>非官方版本。</p></footer></body></html>`;
}

/** Writes the site to a folder; `change` is given a map from path to text and may spoil it. */
export function fakeSite(folder, { base = false, change = () => {} } = {}) {
  const files = new Map([
    ['assets/a.css', CSS], ['assets/display.js', DISPLAY], ['robots.txt', 'User-agent: *\n'],
    ['data/items.json', JSON.stringify([{ slug: 'boarding', amounts: [{ value: '1000' }] }, { slug: 'school', amounts: [{ value: '1' }] }])],
    ['data/items.csv', 'slug\n'], ['data/catalogue.json', '{}'],
  ]);
  const root = Object.keys(LANGS).map((l) => `<a href="${l}/index.html" hreflang="${LANGS[l]}" lang="${LANGS[l]}">${l}</a>`).join('');
  files.set('index.html', page('index.html', 'root', '选择语言', 'zh-Hans', 'zh/', { links: root, base }));
  const at = base ? '/list/' : '/';
  files.set('404.html', page('404.html', '404', '没有这一页', 'zh-Hans', `${at}zh/`, { links: `<a href="${at}zh/index.html">首页</a>`, base }));
  for (const [dir, tag] of Object.entries(LANGS)) {
    for (const [path, [kind, h1]] of Object.entries(PAGES)) {
      const up = '../'.repeat(path.split('/').length - 1);
      const other = Object.keys(LANGS).filter((l) => l !== dir).map((l) => `<a href="${up}../${l}/${path}" hreflang="${LANGS[l]}">${l}</a>`).join('');
      const links = (kind === 'home' ? Object.keys(PAGES) : ['index.html', 'items.html']).map((p) => `<a href="${up}${p}">${PAGES[p][1]}</a>`).join('') + other;
      files.set(`${dir}/${path}`, page(`${dir}/${path}`, kind, h1, tag, up, { links, base }));
    }
  }
  if (base) files.set('sitemap.xml', `<urlset>${[...files.keys()].filter((f) => f.endsWith('.html') && f !== '404.html').map((f) => `<url><loc>${BASE}${f.replace(/(^|\/)index\.html$/, '$1')}</loc></url>`).join('')}</urlset>`);
  change(files);
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

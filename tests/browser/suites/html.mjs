// Valid HTML, by html-validate's recommended rules.
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

/** Each rule that is off, and why. */
const RULES = {
  // How minify-html writes; none of it changes what a browser reads.
  'attr-quotes': 'off',
  'attr-delimiter': 'off',
  'attribute-boolean-style': 'off',
  'attribute-empty-style': 'off',
  'doctype-style': 'off',
  'no-trailing-whitespace': 'off',
  'void-style': 'off',
  'no-raw-characters': 'off',
  // minify-html leaves out type=submit, which is what a button has anyway.
  'no-implicit-button-type': 'off',
  // Scripts and styles come from the site's own folder, so an integrity hash adds nothing, and fails on file://.
  'require-sri': 'off',
  // A title counts code points here; the rule's 70 is meant for Latin text and search engines that no longer cut there.
  'long-title': 'off',
  // Telephone numbers are content: their spaces and hyphens are written as the office writes them.
  'tel-non-breaking': 'off',
};

const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ['html-validate:recommended'], rules: RULES }));

export function html(page) {
  const report = validator.validateStringSync(page.html, page.path);
  return report.results.flatMap((r) => r.messages.map((m) => `${page.path}:${m.line}:${m.column}: ${m.message} [${m.ruleId}]`));
}

// Small helps for staff pages. Every page works without them.
import './copy.js';
import './live.js';
import './marks.js';
import './print.js';

// Small helps for staff pages. Every page works without them.
import './copy.js';

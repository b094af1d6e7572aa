const { series } = require('gulp');
const { bundle } = require('./scripts/build/bundle.js');
const { checkTypes, clean, copyBeside, copyIcons } = require('./scripts/build/steps.js');

exports.build = series(clean, checkTypes, bundle, copyIcons, copyBeside);
exports.default = exports.build;

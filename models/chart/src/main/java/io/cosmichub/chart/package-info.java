/** Bodies, longitudes and charts with revisions: what one chart is and how updates change it. */
@NullMarked
package io.cosmichub.chart;

import org.jspecify.annotations.NullMarked;

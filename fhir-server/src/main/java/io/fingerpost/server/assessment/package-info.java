/** What is made of people's answers: scores, needs, strengths and goals, once for each response. */
@NullMarked
package io.fingerpost.server.assessment;

import org.jspecify.annotations.NullMarked;

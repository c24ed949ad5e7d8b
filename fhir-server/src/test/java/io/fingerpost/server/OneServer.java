package io.fingerpost.server;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.ContextConfiguration;

/**
 * Runs a test against the whole program, as {@link Wexcombe} sets it up. All tests with this
 * annotation share one: it is started once.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
    classes = Fingerpost.class,
    webEnvironment = WebEnvironment.DEFINED_PORT,
    properties = {
      "logging.level.io.fingerpost=debug",
      // Tests have no metrics unless they ask for them.
      "spring.test.observability.auto-configure=true",
      "fingerpost.sharing.first-delay=500ms",
      "fingerpost.sharing.longest-delay=1s",
      "fingerpost.sharing.poll=PT0.1S"
    })
@ContextConfiguration(initializers = Wexcombe.Setting.class)
public @interface OneServer {}

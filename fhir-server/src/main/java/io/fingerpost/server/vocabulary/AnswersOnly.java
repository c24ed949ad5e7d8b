package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.client.api.IHttpResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets only answers through. HAPI's client makes "that code is wrong" of every 400 and 404, also of
 * "I have no SNOMED CT" and of a wrong address.
 */
@Interceptor
final class AnswersOnly {

  private static final Set<Integer> OF_THE_QUESTION = Set.of(400, 404, 422);

  private final @Nullable BearerToken token;

  AnswersOnly(@Nullable BearerToken token) {
    this.token = token;
  }

  @Hook(Pointcut.CLIENT_RESPONSE)
  public void require(IHttpResponse response) {
    if (response.getStatus() == 401 && token != null) {
      token.forget();
    }
    if (OF_THE_QUESTION.contains(response.getStatus())) {
      throw new QuestionRefused(response.getStatus());
    }
    if (response.getStatus() != 200) {
      throw new NoAnswer("status " + response.getStatus());
    }
  }
}

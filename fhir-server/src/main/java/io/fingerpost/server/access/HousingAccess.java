package io.fingerpost.server.access;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.access.AccessDeniedHandlerImpl;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Who may refer as a landlord and ask how it stands: senders, with {@code
 * system/$housing-referral.c} for the one and {@code .r} for the other.
 */
final class HousingAccess implements AccessDeniedHandler {

  static final String SCOPE = "$housing-referral";
  static final String PATHS = "/housing/**";

  /** What a landlord's programmer has to read before there is a client. */
  static final String[] OPEN = {
    "/housing/housing-referral.schema.json", "/housing/housing-referral.openapi.yaml"
  };

  private final AccessDeniedHandler others = new AccessDeniedHandlerImpl();

  AuthorizationDecision decide(Supplier<Authentication> who, RequestAuthorizationContext context) {
    char wanted = context.getRequest().getMethod().equals("POST") ? 'c' : 'r';
    return new AuthorizationDecision(
        who.get() instanceof CallerToken token
            && ScopeRules.permits(token.caller(), SCOPE, wanted));
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
      throws IOException, ServletException {
    if (request.getRequestURI().startsWith("/housing/")) {
      RefusalAnswer.SCOPE_MISSING.write(request, response);
    } else {
      others.handle(request, response, denied);
    }
  }
}

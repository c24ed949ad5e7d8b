package io.fingerpost.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.server.IPreResourceShowDetails;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.SystemRequestDetails;
import ca.uhn.fhir.rest.server.interceptor.auth.AuthorizationInterceptor;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRule;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleBuilder;
import ca.uhn.fhir.rest.server.interceptor.auth.IAuthRuleBuilderRuleOp;
import ca.uhn.fhir.rest.server.interceptor.auth.PolicyEnum;
import ca.uhn.fhir.rest.server.interceptor.auth.RuleBuilder;
import io.fingerpost.server.access.Client.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.hl7.fhir.r4.model.ValueSet;

/**
 * What a client's scopes let it do (SMART App Launch 2.0, "Scopes for requesting FHIR resources").
 * Whom it may do it to is another question: consent's.
 *
 * <p>Beside resource types, a scope may name an operation: {@code system/$process-message.c}.
 */
public final class ScopeRules extends AuthorizationInterceptor {

  private static final List<Class<? extends IBaseResource>> DEFINITIONS =
      List.of(CodeSystem.class, ValueSet.class, ConceptMap.class, StructureDefinition.class);

  private static final Map<String, List<Class<? extends IBaseResource>>> OPERATIONS =
      Map.of(
          "$expand", List.of(ValueSet.class),
          "$validate-code", List.of(ValueSet.class, CodeSystem.class),
          "$lookup", List.of(CodeSystem.class),
          "$translate", List.of(ConceptMap.class));

  public ScopeRules() {
    super(PolicyEnum.DENY);
  }

  @Override
  public List<IAuthRule> buildRuleList(RequestDetails request) {
    IAuthRuleBuilder rules = new RuleBuilder();
    if (request instanceof SystemRequestDetails) {
      return rules.allowAll("the program itself").build();
    }
    rules.allow("capabilities").metadata();
    Optional<Caller> caller = Caller.of(request);
    if (caller.isPresent()) {
      allowDefinitions(rules);
      caller.get().scopes().forEach(scope -> allow(rules, scope, caller.get()));
    }
    return rules.denyAll("no scope of this client allows it").build();
  }

  /** What a client has to conform to is open to every client: no person's data is in it. */
  private static void allowDefinitions(IAuthRuleBuilder rules) {
    for (Class<? extends IBaseResource> type : DEFINITIONS) {
      rules.allow("definitions").read().resourcesOfType(type).withAnyId();
    }
    OPERATIONS.forEach(
        (operation, types) -> {
          for (Class<? extends IBaseResource> type : types) {
            rules.allow(operation).operation().named(operation).onType(type).andAllowAllResponses();
            rules
                .allow(operation)
                .operation()
                .named(operation)
                .onInstancesOfType(type)
                .andAllowAllResponses();
          }
        });
  }

  /**
   * The program's own requests name no kind of operation, and HAPI's check of what they read would
   * stop at that.
   */
  @Hook(Pointcut.STORAGE_PRESHOW_RESOURCES)
  @Override
  public void hookPreShow(
      RequestDetails request, IPreResourceShowDetails shown, Pointcut pointcut) {
    if (!(request instanceof SystemRequestDetails)) {
      super.hookPreShow(request, shown, pointcut);
    }
  }

  private static void allow(IAuthRuleBuilder rules, String scope, Caller caller) {
    int slash = scope.indexOf('/');
    int dot = scope.lastIndexOf('.');
    if (slash < 0 || dot < slash) {
      return;
    }
    String what = scope.substring(slash + 1, dot);
    String permissions = scope.substring(dot + 1);
    if (what.startsWith("$")) {
      rules.allow(scope).operation().named(what).atAnyLevel().andAllowAllResponses();
      return;
    }
    if (permissions.contains("r") || permissions.contains("s")) {
      of(rules.allow(scope).read(), what);
    }
    // Only the scheme's own systems write; what others send comes as messages, by the routes.
    if (caller.is(Role.SCHEME) || caller.is(Role.ROUTES)) {
      if (permissions.contains("c")) {
        of(rules.allow(scope).create(), what);
      }
      if (permissions.contains("u")) {
        of(rules.allow(scope).write(), what);
      }
      if (permissions.contains("c") || permissions.contains("u")) {
        rules.allow(scope).transaction().withAnyOperation().andApplyNormalRules();
      }
    }
  }

  private static void of(IAuthRuleBuilderRuleOp interaction, String type) {
    if (type.equals("*")) {
      interaction.allResources().withAnyId();
    } else {
      interaction.resourcesOfType(type).withAnyId();
    }
  }
}

package io.fingerpost.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
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
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.AuditEvent;
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

  /** Which operations a scope may name, and in which roles it counts. */
  private static final Map<String, Set<Role>> OF_ROLES =
      Map.ofEntries(
          Map.entry("$process-message", Set.of(Role.SENDER)),
          Map.entry(HousingAccess.SCOPE, Set.of(Role.SENDER)),
          Map.entry("$refer", Set.of(Role.FORM)),
          Map.entry("$share-decision", Set.of(Role.SCHEME, Role.ROUTES, Role.OPERATOR)),
          Map.entry("$viewdefinition-run", Set.of(Role.SCHEME, Role.ANALYST)),
          Map.entry("$extract", Set.of(Role.SCHEME)),
          Map.entry("$everything", Set.of(Role.SCHEME, Role.PARTNER)),
          Map.entry("$verify-audit", Set.of(Role.OPERATOR)),
          Map.entry("$emergency-override", Set.of(Role.PARTNER)),
          Map.entry("$safeguarding-override", Set.of(Role.PARTNER)),
          Map.entry("$overrides", Set.of(Role.SCHEME, Role.OPERATOR)),
          Map.entry("$end-override", Set.of(Role.SCHEME, Role.OPERATOR)),
          Map.entry("$match-candidates", Set.of(Role.SCHEME)),
          Map.entry("$match-decision", Set.of(Role.SCHEME, Role.OPERATOR)),
          Map.entry("$record-operator-act", Set.of(Role.ROUTES)));

  /** Whether the caller has this permission of an operation, in a role in which it counts. */
  static boolean permits(Caller caller, String operation, char permission) {
    return OF_ROLES.getOrDefault(operation, Set.of()).stream().anyMatch(caller::is)
        && caller.scopes().stream()
            .flatMap(text -> Scope.of(text).stream())
            .anyMatch(scope -> scope.what().equals(operation) && scope.permits(permission));
  }

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
      keepTheRecordOfDecisions(rules);
      for (String text : caller.get().scopes()) {
        Scope.of(text).ifPresent(scope -> allow(rules, scope, caller.get(), request));
      }
    }
    return rules.denyAll("no scope of this client allows it").build();
  }

  /** The program alone writes down what was decided, whoever may write everything. */
  private static void keepTheRecordOfDecisions(IAuthRuleBuilder rules) {
    rules.deny("the program's own").create().resourcesOfType(AuditEvent.class).withAnyId();
    rules.deny("the program's own").write().resourcesOfType(AuditEvent.class).withAnyId();
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

  private static void allow(
      IAuthRuleBuilder rules, Scope scope, Caller caller, RequestDetails request) {
    String name = scope.what() + "." + scope.permissions();
    if (scope.isOperation()) {
      if (OF_ROLES.getOrDefault(scope.what(), Set.of()).stream().anyMatch(caller::is)) {
        rules.allow(name).operation().named(scope.what()).atAnyLevel().andAllowAllResponses();
      }
      return;
    }
    // Whoever can reach a web form can reach its key: it has nothing to read with.
    if (caller.roles().equals(Set.of(Role.FORM))) {
      return;
    }
    if (mayRead(scope, request)) {
      of(rules.allow(name).read(), scope.what());
    }
    // Only the scheme's own systems write; what others send comes as messages, by the routes.
    if (caller.is(Role.SCHEME) || caller.is(Role.ROUTES)) {
      if (scope.permits('c')) {
        of(rules.allow(name).create(), scope.what());
      }
      if (scope.permits('u')) {
        of(rules.allow(name).write(), scope.what());
      }
      if (scope.permits('c') || scope.permits('u')) {
        rules.allow(name).transaction().withAnyOperation().andApplyNormalRules();
      }
    }
  }

  /**
   * Reading and searching are two permissions, of the type that is asked for; what a search brings
   * along is held to either.
   */
  private static boolean mayRead(Scope scope, RequestDetails request) {
    RestOperationTypeEnum operation = request.getRestOperationType();
    String type = request.getResourceName();
    if (operation == null || (type != null && !scope.isAbout(type))) {
      return scope.permits('r') || scope.permits('s');
    }
    return switch (operation) {
      case READ, VREAD, HISTORY_INSTANCE -> scope.permits('r');
      case SEARCH_TYPE, SEARCH_SYSTEM, HISTORY_TYPE, HISTORY_SYSTEM -> scope.permits('s');
      default -> scope.permits('r') || scope.permits('s');
    };
  }

  private static void of(IAuthRuleBuilderRuleOp interaction, String type) {
    if (type.equals("*")) {
      interaction.allResources().withAnyId();
    } else {
      interaction.resourcesOfType(type).withAnyId();
    }
  }
}

package io.fingerpost.server.vocabulary;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.ConceptValidationOptions;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.LookupCodeRequest;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Optional;
import org.hl7.fhir.common.hapi.validation.support.RemoteTerminologyServiceValidationSupport;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.UriType;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/**
 * The terminology server, as the validator and the operations on codes ask it. What it says about a
 * code is remembered. While it does not answer, it says nothing about any code, and nothing is
 * refused for that.
 */
final class TerminologyServer implements IValidationSupport {

  private static final String VALUE_SETS_OF_SNOMED = "http://snomed.info/sct?fhir_vs";
  private static final int MOST_REMEMBERED = 20_000;

  private record Asked(String system, String code, String valueSet) {}

  private final TerminologySettings settings;
  private final FhirContext context;
  private final String base;
  private final Patience patience;
  private final Object[] interceptors;
  private final RemoteTerminologyServiceValidationSupport remote;
  private final Cache<Asked, CodeValidationResult> remembered;

  TerminologyServer(
      String base, TerminologySettings settings, Patience patience, BearerToken token) {
    this(base, settings, patience, new Object[] {token, new AnswersOnly(token)});
  }

  TerminologyServer(String base, TerminologySettings settings, Patience patience) {
    this(base, settings, patience, new Object[] {new AnswersOnly(null)});
  }

  private TerminologyServer(
      String base, TerminologySettings settings, Patience patience, Object[] interceptors) {
    this.settings = settings;
    this.base = base;
    this.patience = patience;
    this.interceptors = interceptors;
    // One of its own: how long others' clients wait is not this one's to say.
    this.context = FhirContext.forR4();
    context.getRestfulClientFactory().setServerValidationMode(ServerValidationModeEnum.NEVER);
    context.getRestfulClientFactory().setConnectTimeout(millis(settings.connect()));
    context.getRestfulClientFactory().setConnectionRequestTimeout(millis(settings.connect()));
    context.getRestfulClientFactory().setSocketTimeout(millis(settings.answer()));
    this.remote = new RemoteTerminologyServiceValidationSupport(context, base);
    for (Object interceptor : interceptors) {
      remote.addClientInterceptor(interceptor);
    }
    this.remembered =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(settings.remember())
            .build();
  }

  private static int millis(Duration duration) {
    return Math.toIntExact(duration.toMillis());
  }

  @Override
  public FhirContext getFhirContext() {
    return context;
  }

  boolean answersFor(@Nullable String system) {
    return system != null && settings.systems().contains(system.split("\\|", 2)[0]);
  }

  @Override
  public boolean isCodeSystemSupported(ValidationSupportContext chain, @Nullable String system) {
    return answersFor(system);
  }

  @Override
  public boolean isValueSetSupported(ValidationSupportContext chain, @Nullable String url) {
    return url != null && url.startsWith(VALUE_SETS_OF_SNOMED);
  }

  /** The display is not asked about: another wording of a right code is nobody's fault. */
  @Override
  public @Nullable CodeValidationResult validateCode(
      ValidationSupportContext chain,
      ConceptValidationOptions options,
      @Nullable String system,
      @Nullable String code,
      @Nullable String display,
      @Nullable String valueSet) {
    if (system == null
        || code == null
        || !answersFor(system)
        || valueSet != null && !isValueSetSupported(chain, valueSet)) {
      return null;
    }
    try {
      return asked(new Asked(system, code, valueSet == null ? "" : valueSet));
    } catch (QuestionRefused unanswered) {
      return null;
    }
  }

  @Override
  public @Nullable CodeValidationResult validateCodeInValueSet(
      ValidationSupportContext chain,
      ConceptValidationOptions options,
      @Nullable String system,
      @Nullable String code,
      @Nullable String display,
      IBaseResource valueSet) {
    return valueSet instanceof ValueSet named && isValueSetSupported(chain, named.getUrl())
        ? validateCode(chain, options, system, code, display, named.getUrl())
        : null;
  }

  /**
   * Asked by the check of a value set that names single codes: what cannot be told is taken as
   * there, and whether the value set names it decides.
   */
  @Override
  public LookupCodeResult lookupCode(ValidationSupportContext chain, LookupCodeRequest request) {
    CodeValidationResult known =
        validateCode(
            chain,
            new ConceptValidationOptions(),
            request.getSystem(),
            request.getCode(),
            null,
            null);
    return new LookupCodeResult()
        .setSearchedForSystem(request.getSystem())
        .setSearchedForCode(request.getCode())
        .setFound(known == null || known.isOk());
  }

  private @Nullable CodeValidationResult asked(Asked asked) {
    CodeValidationResult known = remembered.getIfPresent(asked);
    if (known != null) {
      return known;
    }
    String valueSet = asked.valueSet().isEmpty() ? null : asked.valueSet();
    Optional<CodeValidationResult> answer =
        patience.ask(
            () ->
                remote.validateCode(
                    new ValidationSupportContext(remote),
                    new ConceptValidationOptions(),
                    asked.system(),
                    asked.code(),
                    null,
                    valueSet));
    answer.ifPresent(said -> remembered.put(asked, said));
    return answer.orElse(null);
  }

  Parameters validate(Coding coding) {
    return verdict(new Asked(coding.getSystem(), coding.getCode(), ""));
  }

  Parameters validateInValueSet(String url, Coding coding) {
    return verdict(new Asked(coding.getSystem(), coding.getCode(), url));
  }

  private Parameters verdict(Asked asked) {
    CodeValidationResult result;
    try {
      result = asked(asked);
    } catch (QuestionRefused unanswered) {
      throw Refused.unknown();
    }
    if (result == null) {
      throw Refused.silent();
    }
    return Verdict.of(result.isOk(), result.getDisplay(), "The terminology server says no.");
  }

  Parameters lookup(Coding coding) {
    Parameters question = new Parameters();
    question.addParameter("system", new UriType(coding.getSystem()));
    question.addParameter("code", new CodeType(coding.getCode()));
    return ask("CodeSystem", "$lookup", question, Parameters.class);
  }

  /**
   * @param url of a map; empty for any
   */
  Parameters translate(String url, Coding coding, String targetSystem) {
    Parameters question = new Parameters();
    question.addParameter("coding", new Coding(coding.getSystem(), coding.getCode(), null));
    if (!url.isEmpty()) {
      question.addParameter("url", new UriType(url));
    }
    if (!targetSystem.isEmpty()) {
      question.addParameter("targetsystem", new UriType(targetSystem));
    }
    return ask("ConceptMap", "$translate", question, Parameters.class);
  }

  ValueSet expand(String url, Page page) {
    Parameters question = new Parameters();
    question.addParameter("url", new UriType(url));
    if (!page.filter().isEmpty()) {
      question.addParameter("filter", new StringType(page.filter()));
    }
    int count = page.count() == null ? Page.MOST : Math.min(page.count(), Page.MOST);
    question.addParameter("offset", new IntegerType(page.offset()));
    question.addParameter("count", new IntegerType(count));
    return ask("ValueSet", "$expand", question, ValueSet.class);
  }

  private <R extends Resource> R ask(
      String type, String operation, Parameters question, Class<R> answer) {
    try {
      return patience
          .ask(
              () ->
                  client()
                      .operation()
                      .onType(type)
                      .named(operation)
                      .withParameters(question)
                      .returnResourceType(answer)
                      .execute())
          .orElseThrow(Refused::silent);
    } catch (QuestionRefused unanswered) {
      throw Refused.unknown();
    }
  }

  private IGenericClient client() {
    IGenericClient client = context.newRestfulGenericClient(base);
    for (Object interceptor : interceptors) {
      client.registerInterceptor(interceptor);
    }
    return client;
  }
}

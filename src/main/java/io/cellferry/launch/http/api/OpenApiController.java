package io.cellferry.launch.http.api;

import io.cellferry.launch.Version;
import io.cellferry.launch.http.security.Needs;
import io.cellferry.launch.http.security.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/// The OpenAPI document, made from the controllers themselves: an address that is not in it does not exist.
@RestController
@Needs(Role.VIEWER)
final class OpenApiController {

    private final RequestMappingHandlerMapping mappings;

    OpenApiController(RequestMappingHandlerMapping mappings) {
        this.mappings = mappings;
    }

    @Says("This document.")
    @GetMapping("/api/v1/openapi.json")
    Map<String, Object> document() {
        JsonSchemas schemas = new JsonSchemas();
        Map<String, Map<String, Object>> paths = new TreeMap<>();
        mappings.getHandlerMethods().forEach((info, method) -> {
            Says says = method.getMethodAnnotation(Says.class);
            if (says != null) {
                describe(info, method, says, schemas, paths);
            }
        });
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        document.put(
                "info",
                Map.of("title", "cellferry", "version", Version.TEXT, "description", "Restartable conversions."));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("schemas", schemas.named());
        components.put("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")));
        document.put("components", components);
        return document;
    }

    private static void describe(
            RequestMappingInfo info,
            HandlerMethod method,
            Says says,
            JsonSchemas schemas,
            Map<String, Map<String, Object>> paths) {
        for (String path : info.getPatternValues()) {
            for (RequestMethod verb : info.getMethodsCondition().getMethods()) {
                paths.computeIfAbsent(path, unused -> new TreeMap<>())
                        .put(verb.name().toLowerCase(Locale.ROOT), operation(info, method, says, schemas));
            }
        }
    }

    private static Map<String, Object> operation(
            RequestMappingInfo info, HandlerMethod method, Says says, JsonSchemas schemas) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("summary", says.value());
        operation.put(
                "operationId",
                method.getMethod().getName() + method.getBeanType().getSimpleName());
        List<Map<String, Object>> parameters = List.of(method.getMethodParameters()).stream()
                .flatMap(parameter -> parameter(parameter, schemas).stream())
                .toList();
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        for (MethodParameter parameter : method.getMethodParameters()) {
            if (parameter.hasParameterAnnotation(RequestBody.class)) {
                operation.put(
                        "requestBody",
                        Map.of(
                                "required",
                                true,
                                "content",
                                Map.of(
                                        "application/json",
                                        Map.of("schema", schemas.of(parameter.getGenericParameterType())))));
            }
        }
        operation.put("responses", responses(info, method, says, schemas));
        return operation;
    }

    private static Map<String, Object> responses(
            RequestMappingInfo info, HandlerMethod method, Says says, JsonSchemas schemas) {
        String type = info.getProducesCondition().getProducibleMediaTypes().stream()
                .findFirst()
                .map(Object::toString)
                .orElse("application/json");
        Object body = type.equals("application/json")
                ? schemas.of(method.getReturnType().getGenericParameterType())
                : Map.of("type", "string");
        Map<String, Object> responses = new LinkedHashMap<>();
        for (int status : says.status()) {
            responses.put(
                    Integer.toString(status),
                    Map.of("description", says.value(), "content", Map.of(type, Map.of("schema", body))));
        }
        responses.put(
                "default",
                Map.of(
                        "description",
                        "What is wrong, with a stable code and a remedy.",
                        "content",
                        Map.of("application/problem+json", Map.of("schema", schemas.of(ProblemShape.class)))));
        return responses;
    }

    /// RFC 9457 and two members of our own.
    record ProblemShape(String title, int status, String detail, String instance, String code, String remedy) {}

    private static List<Map<String, Object>> parameter(MethodParameter parameter, JsonSchemas schemas) {
        RequestParam query = parameter.getParameterAnnotation(RequestParam.class);
        boolean inPath = parameter.hasParameterAnnotation(PathVariable.class);
        if (query == null && !inPath) {
            return List.of();
        }
        boolean optional = query != null
                && (parameter.isOptional() || !query.defaultValue().equals(ValueConstants.DEFAULT_NONE));
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("name", String.valueOf(parameter.getParameter().getName()));
        described.put("in", inPath ? "path" : "query");
        described.put("required", !optional);
        described.put("schema", schemas.of(parameter.getGenericParameterType()));
        return List.of(described);
    }
}

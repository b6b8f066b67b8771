namespace ContosoSuites.Tests.Local.Gateway.Policies;

/// <summary>
/// Policies of the shapes that public samples for load-balanced models have, most of them as their authors write them: C#
/// with its own quotes and brackets inside the XML.
/// </summary>
internal static class LoadBalancingPolicies
{
    /// <summary>A pool, asked again when it says 429 or 503; an exhausted pool shows as busy.</summary>
    public const string PoolWithRetry = """
        <policies>
            <inbound>
                <base />
                <set-backend-service backend-id="openai-chat" />
            </inbound>
            <backend>
                <!-- One try fewer than there are backends. -->
                <retry condition="@(context.Response.StatusCode == 429 || context.Response.StatusCode == 503)" count="1" interval="0" first-fast-retry="true">
                    <set-backend-service backend-id="openai-chat" />
                    <forward-request buffer-request-body="true" />
                </retry>
            </backend>
            <outbound>
                <base />
            </outbound>
            <on-error>
                <base />
                <choose>
                    <when condition="@(context.Response.StatusCode == 503)">
                        <set-status code="429" reason="Too Many Requests" />
                    </when>
                </choose>
            </on-error>
        </policies>
        """;

    /// <summary>No pool: a list of URLs with priorities in the cache, marked while they throttle. FIRST and SECOND stand for the URLs.</summary>
    public const string ListInCache = """
        <policies>
            <inbound>
                <base />
                <cache-lookup-value key="@("endpoints-" + context.Api.Id)" variable-name="endpoints" />
                <choose>
                    <when condition="@(!context.Variables.ContainsKey("endpoints"))">
                        <set-variable name="endpoints" value="@{
                            // The lower the rank, the sooner it is asked.
                            var list = new JArray();
                            list.Add(new JObject() { { "url", "FIRST" }, { "rank", 1 }, { "wakes", DateTime.MinValue } });
                            list.Add(new JObject() { { "url", "SECOND" }, { "rank", 2 }, { "wakes", DateTime.MinValue } });
                            return list;
                        }" />
                        <cache-store-value key="@("endpoints-" + context.Api.Id)" value="@((JArray)context.Variables["endpoints"])" duration="600" />
                    </when>
                </choose>
                <authentication-managed-identity resource="https://cognitiveservices.azure.com" output-token-variable-name="token" ignore-error="false" />
                <set-header name="Authorization" exists-action="override">
                    <value>@("Bearer " + (string)context.Variables["token"])</value>
                </set-header>
                <set-header name="api-key" exists-action="delete" />
                <set-variable name="left" value="1" />
            </inbound>
            <backend>
                <retry condition="@(context.Response != null && (context.Response.StatusCode == 429 || context.Response.StatusCode >= 500) && Convert.ToInt32(context.Variables["left"]) > 0)" count="10" interval="0">
                    <set-variable name="chosen" value="@{
                        var list = (JArray)context.Variables["endpoints"];
                        int best = 0;
                        int rank = Int32.MaxValue;
                        for (int i = 0; i < list.Count; i++)
                        {
                            var entry = (JObject)list[i];
                            if (entry.Value<DateTime>("wakes") <= context.Timestamp && entry.Value<int>("rank") < rank)
                            {
                                best = i;
                                rank = entry.Value<int>("rank");
                            }
                        }

                        return best;
                    }" />
                    <set-backend-service base-url="@(((JObject)((JArray)context.Variables["endpoints"])[(Int32)context.Variables["chosen"]]).Value<string>("url"))" />
                    <forward-request buffer-request-body="true" />
                    <choose>
                        <when condition="@(context.Response.StatusCode == 429 || context.Response.StatusCode >= 500)">
                            <set-variable name="endpoints" value="@{
                                var list = (JArray)context.Variables["endpoints"];
                                var wait = Convert.ToInt32(context.Response.Headers.GetValueOrDefault("Retry-After", "10"));
                                ((JObject)list[context.Variables.GetValueOrDefault<int>("chosen")])["wakes"] = context.Timestamp.AddSeconds(wait);
                                return list;
                            }" />
                            <cache-store-value key="@("endpoints-" + context.Api.Id)" value="@((JArray)context.Variables["endpoints"])" duration="600" />
                            <set-variable name="left" value="@(((JArray)context.Variables["endpoints"]).Count(entry => entry.Value<DateTime>("wakes") <= context.Timestamp))" />
                        </when>
                    </choose>
                </retry>
            </backend>
            <outbound>
                <base />
                <set-header name="x-chosen" exists-action="override">
                    <value>@(context.Variables["chosen"].ToString())</value>
                </set-header>
            </outbound>
            <on-error>
                <base />
            </on-error>
        </policies>
        """;

    /// <summary>Looks into the body: streams pass piece by piece, and a call for too much is made smaller.</summary>
    public const string BodyInspection = """
        <policies>
            <inbound>
                <base />
                <set-variable name="body" value="@(context.Request.Body.As<JObject>(preserveContent: true))" />
                <set-variable name="streams" value="@(((JObject)context.Variables["body"]).Value<bool?>("stream") ?? false)" />
                <choose>
                    <when condition="@(((JObject)context.Variables["body"])["max_tokens"] != null && (int)((JObject)context.Variables["body"])["max_tokens"] > 500)">
                        <set-body>@{
                            var body = context.Request.Body.As<JObject>(preserveContent: true);
                            body["max_tokens"] = 500;
                            return body.ToString(Newtonsoft.Json.Formatting.None);
                        }</set-body>
                    </when>
                </choose>
                <rewrite-uri template="@("/deployments/" + context.Request.MatchedParameters["deployment-id"].Replace("-mini", "") + "/chat/completions")" />
                <set-backend-service backend-id="@(context.Request.Headers.GetValueOrDefault("x-tier", "standard") == "premium" ? "openai-primary-chat" : "openai-secondary-chat")" />
            </inbound>
            <backend>
                <choose>
                    <when condition="@((bool)context.Variables["streams"])">
                        <forward-request timeout="120" buffer-response="false" />
                    </when>
                    <otherwise>
                        <retry condition="@(context.Response != null && context.Response.StatusCode >= 500)" count="2" interval="1" first-fast-retry="true">
                            <forward-request timeout-ms="30000" buffer-request-body="true" />
                        </retry>
                    </otherwise>
                </choose>
            </backend>
            <outbound>
                <base />
                <set-header name="x-streams" exists-action="override">
                    <value>@(context.Variables["streams"].ToString())</value>
                </set-header>
            </outbound>
        </policies>
        """;

    /// <summary>Its own words for a throttled model, with the model's own wait; every error is traced. Written as well-formed XML.</summary>
    public const string OwnWords = """
        <policies>
            <inbound>
                <base />
                <set-backend-service backend-id="openai-primary-chat" />
            </inbound>
            <backend>
                <forward-request timeout="5" />
            </backend>
            <outbound>
                <base />
                <choose>
                    <when condition="@(context.Response.StatusCode == 429 &amp;&amp; context.Response.Headers.ContainsKey(&quot;Retry-After&quot;))">
                        <return-response>
                            <set-status code="@(context.Response.StatusCode)" reason="@(context.Response.StatusReason)" />
                            <set-header name="Retry-After" exists-action="override">
                                <value>@(context.Response.Headers.GetValueOrDefault("Retry-After", "1"))</value>
                            </set-header>
                            <set-header name="Content-Type" exists-action="override">
                                <value>application/json</value>
                            </set-header>
                            <set-body>@(new JObject(new JProperty("busy", true), new JProperty("region", context.Response.Headers.GetValueOrDefault("x-ms-region", ""))).ToString(Newtonsoft.Json.Formatting.None))</set-body>
                        </return-response>
                    </when>
                </choose>
            </outbound>
            <on-error>
                <base />
                <trace source="models" severity="error">
                    <message>@(context.LastError.Source + ": " + context.LastError.Reason)</message>
                    <metadata name="section" value="@(context.LastError.Section)" />
                    <metadata name="path" value="@(context.LastError.Path)" />
                </trace>
                <return-response>
                    <set-status code="@(context.Response.StatusCode == 500 ? 502 : context.Response.StatusCode)" reason="No answer" />
                    <set-header name="x-reason" exists-action="override">
                        <value>@(context.LastError.Reason)</value>
                    </set-header>
                </return-response>
            </on-error>
        </policies>
        """;

    /// <summary>Turns kept in the cache, which is how it was done before there were pools.</summary>
    public const string CounterInCache = """
        <policies>
            <inbound>
                <base />
                <cache-lookup-value key="turn" default-value="0" variable-name="turn" />
                <choose>
                    <when condition="@(int.Parse((string)context.Variables["turn"]) % 2 == 0)">
                        <set-backend-service backend-id="openai-primary-chat" />
                    </when>
                    <otherwise>
                        <set-backend-service backend-id="openai-secondary-chat" />
                    </otherwise>
                </choose>
                <cache-store-value key="turn" value="@((int.Parse((string)context.Variables["turn"]) + 1).ToString())" duration="60" />
            </inbound>
            <backend>
                <base />
            </backend>
            <outbound>
                <base />
            </outbound>
            <on-error>
                <base />
            </on-error>
        </policies>
        """;
}

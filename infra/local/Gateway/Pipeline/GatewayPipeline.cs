using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ContosoSuites.Local.Gateway.Api;
using ContosoSuites.Local.Gateway.Forwarding;
using ContosoSuites.Local.Gateway.Policies;
using Microsoft.AspNetCore.Connections;

namespace ContosoSuites.Local.Gateway.Pipeline;

/// <summary>
/// The way of a request: operation, subscription, the sections of the policy, the answer. An error anywhere leads to the
/// on-error section, as in API Management.
/// </summary>
internal sealed class GatewayPipeline(GatewayServices services, PolicyDocument policy, SubscriptionKeys keys, GatewayOptions options)
{
    private const int ClientClosedRequest = 499;

    private readonly ResponseWriter _writer = new(options.ResponseIdleTimeout);

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever goes wrong is one request's, and is answered and logged.")]
    public async Task HandleAsync(HttpContext http)
    {
        // API Management's gateways are all set up alike: expressions mean the same on every machine. It goes with the request.
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        using var execution = new PolicyExecution(services, http);
        var ending = ForwardError.None;
        try
        {
            ending = await RunAsync(execution) == PolicyFlow.Abandon ? ForwardError.CallerGone : await _writer.WriteAsync(http, execution);
            End(http, execution, ending);
        }
        catch (Exception) when (http.RequestAborted.IsCancellationRequested)
        {
            End(http, execution, ForwardError.CallerGone);
        }
        catch (Exception exception)
        {
            services.Log.RequestFailed(execution.Record.RequestId, exception.GetType().Name, exception.StackTrace);
            execution.Record.ResponseCode = StatusCodes.Status500InternalServerError;
            if (http.Response.HasStarted)
            {
                http.Abort();
            }
            else
            {
                execution.ReplaceResponse(PolicyError.Unexpected.ToResponse(execution));
                await _writer.WriteAsync(http, execution);
            }
        }

        execution.Record.TotalTime = execution.Elapsed;
        foreach (var log in options.RequestLogs)
        {
            log.Write(execution.Record);
        }

        if (ending is ForwardError.BodyCut or ForwardError.BodyStalled)
        {
            throw new ResponseCutException(ending);
        }
    }

    private async ValueTask<PolicyFlow> RunAsync(PolicyExecution execution)
    {
        var flow = await AdmitAsync(execution);
        if (flow == PolicyFlow.Continue)
        {
            flow = await policy.Inbound.RunAsync(execution);
        }

        if (flow == PolicyFlow.Continue)
        {
            flow = await policy.Backend.RunAsync(execution);
        }

        if (flow == PolicyFlow.Continue)
        {
            if (execution.Response is null)
            {
                execution.ReplaceResponse(ResponseState.Create(execution.ResponseHeaders));
            }

            flow = await policy.Outbound.RunAsync(execution);
        }

        return flow == PolicyFlow.Fail ? await RunOnErrorAsync(execution) : flow;
    }

    private async ValueTask<PolicyFlow> RunOnErrorAsync(PolicyExecution execution)
    {
        execution.EnterOnError();

        // The policies belong to the API: what is not for it does not get to them.
        if (!services.Api.Contains(execution.Request.Http.Path))
        {
            return PolicyFlow.Return;
        }

        var flow = await policy.OnError.RunAsync(execution);
        if (flow == PolicyFlow.Fail)
        {
            execution.EnterOnError();
        }

        // On-error has told the logs of it, and there is nobody to answer.
        return execution.CallerGone.IsCancellationRequested ? PolicyFlow.Abandon : PolicyFlow.Return;
    }

    // What comes before the policies: the operation, the key, the body.
    private async ValueTask<PolicyFlow> AdmitAsync(PolicyExecution execution)
    {
        if (execution.Call is null)
        {
            return execution.Fail(PolicyError.OperationNotFound());
        }

        var request = execution.Request.Http;
        if (keys.Find(request) is not { } key)
        {
            return execution.Fail(PolicyError.SubscriptionKeyNotFound());
        }

        execution.Subscription = keys.Match(key);
        if (execution.Subscription is null)
        {
            return execution.Fail(PolicyError.SubscriptionKeyInvalid());
        }

        execution.Record.SubscriptionId = execution.Subscription.Id;
        try
        {
            if (await ReadBodyAsync(request, execution.CallerGone) is not { } body)
            {
                return execution.Fail(PolicyError.BadRequest(StatusCodes.Status413PayloadTooLarge, $"The request body is larger than {options.MaxRequestBodyBytes} bytes."));
            }

            execution.Request.Content = body;
            return PolicyFlow.Continue;
        }
        catch (Exception exception) when (exception is ConnectionResetException or ConnectionAbortedException)
        {
            // The caller has gone, and the reading learns of it before the rest of the request does.
            return PolicyFlow.Abandon;
        }
        catch (IOException exception) when (!execution.CallerGone.IsCancellationRequested)
        {
            // The server has a type of its own for most bodies that are none, but not for a chunk of an impossible size.
            var status = (exception as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            return execution.Fail(PolicyError.BadRequest(status, exception.Message));
        }
    }

    // Into memory, from where it can be sent more than once; null when it is too long. Not from a pool: a call that has been
    // given up may still be reading from it.
    private async ValueTask<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > options.MaxRequestBodyBytes)
        {
            return null;
        }

        var read = await request.BodyReader.ReadAtLeastAsync(options.MaxRequestBodyBytes + 1, cancellationToken);
        var body = read.Buffer.Length > options.MaxRequestBodyBytes ? (ReadOnlyMemory<byte>?)null : read.Buffer.ToArray();
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return body;
    }

    private static void End(HttpContext http, PolicyExecution execution, ForwardError ending)
    {
        var isGone = ending == ForwardError.CallerGone;
        execution.Record.ResponseCode = isGone ? ClientClosedRequest : execution.Response!.StatusCode;
        if (ending == ForwardError.None)
        {
            return;
        }

        execution.Record.LastErrorReason = isGone ? PolicyError.CallerGone : PolicyError.BackendFailed;
        if (isGone || !http.Response.HasStarted)
        {
            http.Abort();
        }
    }
}

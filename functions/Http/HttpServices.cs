using ContosoSuites.Functions.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace ContosoSuites.Functions.Http;

/// <summary>How functions answer over HTTP.</summary>
internal static class HttpServices
{
    /// <summary>
    /// Reads section <c>Http</c>, adds what describes problems and streams replies, and leaves the limits of bodies to
    /// <see cref="RequestBody"/>.
    /// </summary>
    public static void AddHttp(this IHostApplicationBuilder builder)
    {
        builder.AddSettings<HttpSettings>("Http");
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<FunctionProblems>();
        builder.Services.AddSingleton<ReplyStream>();
        builder.Services.AddSingleton<IStartupFilter, UnmetRequests>();

        // The host's own limit, 100 MB, is before this one. With a limit here the server would stop reading in the middle of a
        // body, the hop from the host would break, and the caller would get an empty 500.
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Limits.MaxRequestBodySize = null);
        builder.Services.MakeNoKeys();
    }

    /// <summary>
    /// Leaves out what would read, or make and write to the disk, keys for cookies and forms at the start: the worker brings it along
    /// with MVC, and nothing here is protected by them.
    /// </summary>
    private static void MakeNoKeys(this IServiceCollection services)
    {
        foreach (ServiceDescriptor keys in services.Where(IsOfDataProtection).ToArray())
        {
            services.Remove(keys);
        }

        static bool IsOfDataProtection(ServiceDescriptor service) =>
            service.ServiceType == typeof(IHostedService) && service.ImplementationType?.Assembly == typeof(DataProtectionOptions).Assembly;
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>ASP.NET Core integration of the worker.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets functions take HttpRequest and return IResult or IActionResult.</summary>
    /// <param name="builder">The app's builder.</param>
    /// <returns>The same builder.</returns>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        // The package adds a web server, which brings these three, and MVC, whose services execute action results.
        builder.Services.TryAddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore"));
        builder.Services.TryAddSingleton<DiagnosticSource>(services => services.GetRequiredService<DiagnosticListener>());
        builder.Services.TryAddSingleton<IWebHostEnvironment, WebHostEnvironment>();
        builder.Services.AddMvc();
        return builder;
    }
}

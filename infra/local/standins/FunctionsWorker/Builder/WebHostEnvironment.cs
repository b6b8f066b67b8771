using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>The environment as MVC's services ask for it. There are no static files, hence no web root.</summary>
/// <param name="host">The app's environment.</param>
internal sealed class WebHostEnvironment(IHostEnvironment host) : IWebHostEnvironment
{
    public string WebRootPath { get; set; } = "";

    public IFileProvider WebRootFileProvider { get; set; } = new NullFileProvider();

    public string ApplicationName { get; set; } = host.ApplicationName;

    public IFileProvider ContentRootFileProvider { get; set; } = host.ContentRootFileProvider;

    public string ContentRootPath { get; set; } = host.ContentRootPath;

    public string EnvironmentName { get; set; } = host.EnvironmentName;
}

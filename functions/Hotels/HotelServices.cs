using Microsoft.SemanticKernel;

namespace ContosoSuites.Functions.Hotels;

/// <summary>The hotels for people and for models.</summary>
internal static class HotelServices
{
    /// <summary>Gives the kernel the hotel plugin.</summary>
    public static IKernelBuilder AddHotels(this IKernelBuilder kernel)
    {
        kernel.Plugins.AddFromType<HotelPlugin>(HotelPlugin.Name);
        return kernel;
    }
}

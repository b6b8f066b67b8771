namespace ContosoSuites.Local.Models.Embeddings;

/// <summary>Brings vectors to length one.</summary>
internal static class UnitVector
{
    /// <summary>Scales a vector to length one. One that is all zero, which a cut may leave, becomes the first axis.</summary>
    public static void Normalize(Span<float> vector)
    {
        double sum = 0;
        foreach (float component in vector)
        {
            sum += (double)component * component;
        }

        if (sum == 0)
        {
            vector[0] = 1;
            return;
        }

        float scale = (float)(1 / Math.Sqrt(sum));
        foreach (ref float component in vector)
        {
            component *= scale;
        }
    }
}

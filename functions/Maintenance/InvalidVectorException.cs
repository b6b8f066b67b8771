namespace ContosoSuites.Functions.Maintenance;

/// <summary>A vector can not be stored or searched for; the message says what is expected.</summary>
public sealed class InvalidVectorException : Exception
{
    private InvalidVectorException(string message, int expectedLength, int givenLength)
        : base(message)
    {
        ExpectedLength = expectedLength;
        GivenLength = givenLength;
    }

    /// <summary>How many numbers a vector has here.</summary>
    public int ExpectedLength { get; }

    /// <summary>How many numbers the refused one has.</summary>
    public int GivenLength { get; }

    /// <summary>Throws unless the vector has the length that is expected, finite numbers only, and a direction.</summary>
    internal static void ThrowIfInvalid(ReadOnlySpan<float> vector, int expectedLength)
    {
        if (vector.Length != expectedLength)
        {
            throw new InvalidVectorException(
                $"A vector of {expectedLength} numbers is expected, and this one has {vector.Length}. "
                + "Vectors are comparable only when the same embedding model made them (AzureOpenAI:EmbeddingDeploymentName; Embeddings:Dimensions is the length that a new store starts with).",
                expectedLength,
                vector.Length);
        }

        bool hasDirection = false;
        for (int i = 0; i < vector.Length; i++)
        {
            if (!float.IsFinite(vector[i]))
            {
                throw new InvalidVectorException(
                    $"A vector of {expectedLength} finite numbers is expected, and number {i + 1} is {Name(vector[i])}.", expectedLength, vector.Length);
            }

            hasDirection |= vector[i] != 0;
        }

        if (!hasDirection)
        {
            throw new InvalidVectorException(
                $"A vector of {expectedLength} numbers that are not all zero is expected: all zero has no direction to compare.",
                expectedLength,
                vector.Length);
        }
    }

    private static string Name(float value) => float.IsNaN(value) ? "not a number" : "infinite";
}

namespace ContosoSuites.Local.Gateway.Records;

/// <summary>Takes the record of every request when it is complete. It must not wait: a caller's connection waits with it.</summary>
internal interface IRequestLog
{
    /// <summary>Takes <paramref name="record"/>, which does not change any more.</summary>
    public void Write(RequestRecord record);
}

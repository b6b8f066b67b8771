namespace ContosoSuites.Local.Host.Rpc;

/// <summary>The worker has ended, or its connection has, while it was asked something.</summary>
internal sealed class WorkerGoneException() : Exception("The app's worker process is gone.");

using System.Net;
using System.Net.Sockets;

namespace ContosoSuites.Tests;

/// <summary>A port of this machine at which connections are refused, and which nobody else is given meanwhile: bound, and not listened on.</summary>
internal sealed class HeldPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Holds a port.</summary>
    /// <param name="number">The port; 0 for any.</param>
    public HeldPort(int number = 0) => _socket.Bind(new IPEndPoint(IPAddress.Loopback, number));

    public int Number => ((IPEndPoint)_socket.LocalEndPoint!).Port;

    public void Dispose() => _socket.Dispose();
}

using System.Globalization;
using ContosoSuites.Bench.Loads;
using ContosoSuites.Bench.Processes;

namespace ContosoSuites.Bench.Peers;

/// <summary>nginx: plain round robin over the same instances, kept-alive connections both ways, a line of JSON a request in its log.</summary>
internal static class NginxPeer
{
    // Not always on the path of those who are not root.
    private static readonly string[] Programs = ["/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/sbin/nginx"];

    /// <exception cref="PeerMissingException">It is not installed.</exception>
    public static async Task<Peer> StartAsync(BenchFolder folder, IReadOnlyList<Uri> instances, RawLoad direct)
    {
        string program = Programs.FirstOrDefault(File.Exists)
            ?? throw new PeerMissingException("nginx is not installed (apt-get install nginx-light)");
        int port = ChildProcess.FreePort();
        string configuration = folder.File("nginx.conf");
        await File.WriteAllTextAsync(configuration, Configuration(folder.Path, port, instances));
        ChildProcess process = await ChildProcess.StartServerAsync(
            port, folder.File("nginx.out"), program, "-e", folder.File("nginx.err"), "-p", folder.Path, "-c", configuration);
        return new Peer(process, direct with { Address = new UriBuilder(direct.Address) { Port = port }.Uri });
    }

    private static string Configuration(string folder, int port, IReadOnlyList<Uri> instances) => string.Create(CultureInfo.InvariantCulture, $$"""
        daemon off;
        worker_processes auto;
        pid {{folder}}/nginx.pid;
        events { worker_connections 4096; }
        http {
            log_format record escape=json '{"time":"$time_iso8601","id":"$request_id","method":"$request_method","url":"$request_uri","status":$status,'
                '"seconds":$request_time,"backend":"$upstream_addr","backendStatus":"$upstream_status","backendSeconds":"$upstream_response_time",'
                '"caller":"$remote_addr","function":"$http_x_contoso_function"}';
            access_log {{folder}}/access.log record;
            client_body_temp_path {{folder}}/body;
            proxy_temp_path {{folder}}/proxy;
            fastcgi_temp_path {{folder}}/fastcgi;
            uwsgi_temp_path {{folder}}/uwsgi;
            scgi_temp_path {{folder}}/scgi;
            keepalive_requests 1000000;
            upstream instances {
                {{string.Join(" ", instances.Select(instance => $"server 127.0.0.1:{instance.Port.ToString(CultureInfo.InvariantCulture)};"))}}
                keepalive 128;
                keepalive_requests 1000000;
            }
            server {
                listen 127.0.0.1:{{port}};
                location / {
                    proxy_pass http://instances;
                    proxy_http_version 1.1;
                    proxy_set_header Connection "";
                }
            }
        }
        """);
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Portal.Benchmarks;

/// <summary>nginx with two workers that answers one address with the bytes and the headers of a page of the host.</summary>
internal sealed class Nginx : IDisposable
{
    private static readonly string[] Own = ["Date", "Content-Length", "Content-Type", "Connection", "Keep-Alive"];

    private readonly Process _process;

    private Nginx(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    public static async Task<Nginx> StartAsync(
        string scratch, HttpResponseMessage page, byte[] bytes, CancellationToken cancellation)
    {
        var folder = Path.Combine(scratch, "nginx");
        Directory.CreateDirectory(Path.Combine(folder, "root"));
        await File.WriteAllBytesAsync(Path.Combine(folder, "root", "page"), bytes, cancellation);
        var headers = page.Headers.Concat(page.Content.Headers)
            .Where(header => !Own.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
            .Select(header =>
                $"add_header {header.Key} '{string.Join(", ", header.Value).Replace("'", "\\'", StringComparison.Ordinal)}';");
        var port = Tool.FreePort();
        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            string.Create(CultureInfo.InvariantCulture, $$"""
                {{(Environment.IsPrivilegedProcess ? "user root;" : "")}}
                daemon off;
                worker_processes 2;
                pid {{folder}}/pid;
                error_log {{folder}}/error.log;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  server_tokens off;
                  etag off;
                  keepalive_requests 100000000;
                  open_file_cache max=10;
                  client_body_temp_path {{folder}}/body;
                  proxy_temp_path {{folder}}/proxy;
                  fastcgi_temp_path {{folder}}/fastcgi;
                  uwsgi_temp_path {{folder}}/uwsgi;
                  scgi_temp_path {{folder}}/scgi;
                  server {
                    listen 127.0.0.1:{{port}};
                    root {{folder}}/root;
                    default_type '{{page.Content.Headers.ContentType}}';
                    location = /page { {{string.Join(' ', headers)}} }
                  }
                }
                """),
            cancellation);
        var process = Process.Start(new ProcessStartInfo(Tool.Find("nginx"), ["-p", folder, "-c", configuration]))!;
        for (var tries = 0; tries < 200 && !process.HasExited; tries++)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync("127.0.0.1", port, cancellation);
                return new Nginx(process, port);
            }
            catch (SocketException)
            {
                await Task.Delay(20, cancellation);
            }
        }

        throw new BenchmarkException("nginx did not start.");
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }
}

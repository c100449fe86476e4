using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace PstMigration.Sandbox.Host;

/// <summary>Passes requests of a socket to a sandbox and its answers back. What breaks off in the sandbox is a connection that is reset.</summary>
internal sealed class SandboxServer : IDisposable
{
    private const string Control = "/_control/";

    private readonly SandboxMailbox _mailbox;
    private readonly HttpListener _listener = new();
    private readonly HttpMessageInvoker _invoker;

    /// <summary>Begins to listen on this computer alone.</summary>
    /// <param name="mailbox">Who answers; stays the caller's.</param>
    /// <param name="port">Where.</param>
    /// <param name="handler">What lies before the sandbox; null for nothing. What it throws resets the connection.</param>
    public SandboxServer(SandboxMailbox mailbox, int port, HttpMessageHandler? handler = null)
    {
        _mailbox = mailbox;
        _invoker = new HttpMessageInvoker(handler ?? mailbox.CreateHandler());
        Address = new Uri("http://127.0.0.1:" + port.ToString(CultureInfo.InvariantCulture) + "/");
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
    }

    public Uri Address { get; }

    /// <summary>A port nobody listens on now.</summary>
    public static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Answers until it is told to stop.</summary>
    public async Task RunAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(() => AnswerAsync(context));
        }
    }

    public void Dispose()
    {
        _listener.Close();
        _invoker.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Nobody looks at the task, and whoever asked waits for an answer.")]
    private async Task AnswerAsync(HttpListenerContext context)
    {
        try
        {
            if (context.Request.Url!.AbsolutePath.StartsWith(Control, StringComparison.Ordinal))
            {
                await AnswerControlAsync(context).ConfigureAwait(false);
            }
            else
            {
                await PassAsync(context).ConfigureAwait(false);
            }

            context.Response.Close();
        }
        catch (Exception)
        {
            context.Response.Abort();
        }
    }

    private async Task PassAsync(HttpListenerContext context)
    {
        using HttpRequestMessage request = new(new HttpMethod(context.Request.HttpMethod), context.Request.Url);
        if (context.Request.HasEntityBody)
        {
            request.Content = new StreamContent(context.Request.InputStream);
        }

        foreach (string name in context.Request.Headers.AllKeys.OfType<string>())
        {
            string[] values = context.Request.Headers.GetValues(name)!;
            if (!request.Headers.TryAddWithoutValidation(name, values))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, values);
            }
        }

        using HttpResponseMessage answer = await _invoker.SendAsync(request, CancellationToken.None).ConfigureAwait(false);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (KeyValuePair<string, IEnumerable<string>> header in answer.Headers.Where(h => h.Key != "Date"))
        {
            context.Response.Headers[header.Key] = string.Join(", ", header.Value);
        }

        context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
        using Stream body = await answer.Content.ReadAsStreamAsync().ConfigureAwait(false);
        if (answer.StatusCode == HttpStatusCode.NoContent)
        {
            return;
        }

        // Where the length is known a body that breaks off is seen to: the listener ends a chunked one as if it were whole.
        if (answer.Content.Headers.ContentLength is long length)
        {
            context.Response.ContentLength64 = length;
        }
        else
        {
            context.Response.SendChunked = true;
        }

        await body.CopyToAsync(context.Response.OutputStream).ConfigureAwait(false);
    }

    private async Task AnswerControlAsync(HttpListenerContext context)
    {
        switch (context.Request.Url!.AbsolutePath[Control.Length..])
        {
            case "stop":
                context.Response.Close();
                _listener.Stop();
                return;
            case "faults":
                if (await ReadFaultAsync(context.Request).ConfigureAwait(false) is SandboxFault fault)
                {
                    _mailbox.Faults.Add(fault);
                }
                else
                {
                    context.Response.StatusCode = (int)HttpStatusCode.BadRequest;
                }

                return;
            case "statistics":
                byte[] statistics = JsonSerializer.SerializeToUtf8Bytes(_mailbox.Statistics, JsonSerializerOptions.Web);
                context.Response.ContentType = "application/json";
                await context.Response.OutputStream.WriteAsync(statistics).ConfigureAwait(false);
                return;
            default:
                context.Response.StatusCode = (int)HttpStatusCode.BadRequest;
                return;
        }
    }

    /// <summary>A fault as JSON; null where it is none.</summary>
    private static async Task<SandboxFault?> ReadFaultAsync(HttpListenerRequest request)
    {
        using StreamReader reader = new(request.InputStream, Encoding.UTF8);
        try
        {
            return JsonSerializer.Deserialize<SandboxFault>(await reader.ReadToEndAsync().ConfigureAwait(false), JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PstMigration.Sandbox;

namespace PstMigration.SignIn.Tests;

/// <summary>graph.microsoft.com with a sandbox behind it, on a socket. It wants a token on every request but those to upload addresses, and remembers them.</summary>
internal sealed class GraphHost : IAsyncDisposable
{
    private readonly SandboxMailbox _mailbox;
    private readonly System.Net.Http.HttpMessageInvoker _sandbox;
    private readonly WebApplication _app;

    private GraphHost(string file, X509Certificate2 certificate, SandboxOptions options)
    {
        _mailbox = SandboxMailbox.Open(file, options);
        _sandbox = new System.Net.Http.HttpMessageInvoker(_mailbox.CreateHandler());
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    public int Port { get; private set; }

    /// <summary>The tokens that came.</summary>
    public ConcurrentDictionary<string, int> Tokens { get; } = new();

    public static async Task<GraphHost> StartAsync(string file, X509Certificate2 certificate, SandboxOptions? options = null)
    {
        GraphHost host = new(file, certificate, options ?? new SandboxOptions { Address = "taro@outlook.com" });
        await host._app.StartAsync();
        host.Port = new Uri(host._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _sandbox.Dispose();
        _mailbox.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string authorization = context.Request.Headers.Authorization.ToString();
        bool isUpload = context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);
        if (!isUpload && !authorization.StartsWith("Bearer ", StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (!isUpload)
        {
            Tokens.AddOrUpdate(authorization["Bearer ".Length..], 1, (_, n) => n + 1);
        }

        // The sandbox has one mailbox; it stands for whichever user is named.
        string path = Regex.Replace(context.Request.Path.Value!, "^/v1.0/users/[^/]+", "/v1.0/me");
        using System.Net.Http.HttpRequestMessage request = new(
            new System.Net.Http.HttpMethod(context.Request.Method), "https://graph.microsoft.com" + path + context.Request.QueryString);
        MemoryStream body = new();
        await context.Request.Body.CopyToAsync(body);
        request.Content = new System.Net.Http.ByteArrayContent(body.ToArray());
        foreach (KeyValuePair<string, Microsoft.Extensions.Primitives.StringValues> header in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
            {
                request.Content.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        using System.Net.Http.HttpResponseMessage response = await _sandbox.SendAsync(request, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (KeyValuePair<string, IEnumerable<string>> header in response.Headers.Concat(response.Content.Headers))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        context.Response.Headers.Remove("Transfer-Encoding");
        await response.Content.CopyToAsync(context.Response.Body);
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Http;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Primitives;

namespace PstMigration.Sandbox.Host;

/// <summary>Passes requests of a socket to a sandbox and its answers back. What breaks off in the sandbox is a connection that is reset.</summary>
internal sealed class SandboxServer : IAsyncDisposable
{
    private const string Control = "/_control/";

    private readonly SandboxMailbox _mailbox;
    private readonly WebApplication _app;
    private readonly HttpMessageInvoker _invoker;

    /// <summary>A server that does not answer yet.</summary>
    /// <param name="mailbox">What answers.</param>
    /// <param name="port">Where; 0 for any that is free.</param>
    /// <param name="handler">What lies before it; null for nothing. What it throws breaks the connection.</param>
    public SandboxServer(SandboxMailbox mailbox, int port, HttpMessageHandler? handler = null)
    {
        _mailbox = mailbox;
        _invoker = new HttpMessageInvoker(handler ?? mailbox.CreateHandler());
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.Listen(IPAddress.Loopback, port);
            k.Limits.MaxRequestBodySize = null;
            // The sandbox takes pieces of uploads as they come, one thread each.
            k.AllowSynchronousIO = true;
        });
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>Begins to answer.</summary>
    /// <returns>Where.</returns>
    public async Task<Uri> StartAsync()
    {
        await _app.StartAsync().ConfigureAwait(false);
        return new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Answers until it is told to stop.</summary>
    public Task RunAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync().ConfigureAwait(false);
        _invoker.Dispose();
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever breaks off in the sandbox breaks the connection.")]
    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            if (context.Request.Path.Value!.StartsWith(Control, StringComparison.Ordinal))
            {
                await AnswerControlAsync(context).ConfigureAwait(false);
            }
            else
            {
                await PassAsync(context).ConfigureAwait(false);
            }
        }
        catch (Exception)
        {
            context.Abort();
        }
    }

    private async Task PassAsync(HttpContext context)
    {
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        using HttpRequestMessage request = new(new HttpMethod(context.Request.Method), "http://" + context.Request.Host + target);
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()!.CanHaveBody)
        {
            request.Content = new StreamContent(context.Request.Body);
        }

        foreach (KeyValuePair<string, StringValues> header in context.Request.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray()))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Key, header.Value.ToArray());
            }
        }

        using HttpResponseMessage answer = await _invoker.SendAsync(request, context.RequestAborted).ConfigureAwait(false);
        context.Response.StatusCode = (int)answer.StatusCode;
        foreach (KeyValuePair<string, IEnumerable<string>> header in answer.Headers.Where(h => h.Key != "Date"))
        {
            context.Response.Headers[header.Key] = header.Value.ToArray();
        }

        if (answer.StatusCode != HttpStatusCode.NoContent)
        {
            context.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
        }
    }

    private async Task AnswerControlAsync(HttpContext context)
    {
        switch (context.Request.Path.Value![Control.Length..])
        {
            case "stop":
                _app.Lifetime.StopApplication();
                return;
            case "faults" when await ReadFaultAsync(context.Request).ConfigureAwait(false) is SandboxFault fault:
                _mailbox.Faults.Add(fault);
                return;
            case "statistics":
                await context.Response.WriteAsJsonAsync(_mailbox.Statistics).ConfigureAwait(false);
                return;
            default:
                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
        }
    }

    /// <summary>A fault as JSON; null where it is none.</summary>
    private static async Task<SandboxFault?> ReadFaultAsync(HttpRequest request)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<SandboxFault>(request.Body, JsonSerializerOptions.Web).ConfigureAwait(false);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

using System.Net;
using System.Net.Http;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using PstMigration.Tests;
using Xunit;

namespace PstMigration.Sandbox.Tests;

/// <summary>A sandbox in a temporary folder, and an HttpClient that talks to it as to Graph, checked against the service's model.</summary>
internal sealed class Fixture : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "sandbox-" + Guid.NewGuid().ToString("N"));

    public Fixture(SandboxBehaviour? behaviour = null, SandboxOptions? options = null)
    {
        Directory.CreateDirectory(_folder);
        Time = new FakeTimeProvider(Start);
        Options = (options ?? new SandboxOptions()) with { TimeProvider = Time, Behaviour = behaviour ?? options?.Behaviour ?? new SandboxBehaviour() };
        Mailbox = SandboxMailbox.Open(FilePath, Options);
        Client = CreateClient();
    }

    public FakeTimeProvider Time { get; }

    public SandboxOptions Options { get; }

    public SandboxMailbox Mailbox { get; private set; }

    public HttpClient Client { get; private set; }

    public string FilePath => Path.Combine(_folder, "rehearsal.mailbox");

    public void Reopen()
    {
        Client.Dispose();
        Mailbox.Dispose();
        Mailbox = SandboxMailbox.Open(FilePath, Options);
        Client = CreateClient();
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, string? json = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, path, json is null ? null : new StringContent(json, Encoding.UTF8, "application/json"), headers);

    public async Task<HttpResponseMessage> SendAsync(string method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(new HttpMethod(method), path) { Content = content };
        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await Client.SendAsync(request);
    }

    /// <summary>Sends, expects a status, gives the JSON.</summary>
    public async Task<JsonElement> JsonAsync(HttpStatusCode expected, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(method, path, json, headers);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == expected, $"{method} {path}: {(int)response.StatusCode} {text}");
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public Task<JsonElement> GetAsync(string path, params (string Name, string Value)[] headers) => JsonAsync(HttpStatusCode.OK, "GET", path, null, headers);

    public Task<JsonElement> PostAsync(string path, string json, params (string Name, string Value)[] headers) =>
        JsonAsync(HttpStatusCode.Created, "POST", path, json, headers);

    /// <summary>Sends what must fail, and gives the error's code.</summary>
    public async Task<string> ErrorAsync(HttpStatusCode expected, string method, string path, string? json = null, params (string Name, string Value)[] headers)
    {
        JsonElement answer = await JsonAsync(expected, method, path, json, headers);
        Assert.NotEqual("", answer.GetProperty("error").GetProperty("message").GetString());
        return answer.GetProperty("error").GetProperty("code").GetString()!;
    }

    /// <summary>An imported message: not a draft, with times of long ago.</summary>
    public Task<JsonElement> ImportAsync(string subject = "Hello", string folder = "inbox", string more = "", params (string Name, string Value)[] headers) => PostAsync(
        $"me/mailFolders/{folder}/messages",
        $$"""
        {"subject":{{JsonSerializer.Serialize(subject)}},"body":{"contentType":"text","content":"text"}{{more}},
         "singleValueExtendedProperties":[
          {"id":"Integer 0x0E07","value":"1"},
          {"id":"SystemTime 0x0039","value":"2009-03-01T10:20:30Z"},
          {"id":"SystemTime 0x0E06","value":"2009-03-01T10:20:45Z"}]}
        """,
        headers);

    public void Dispose()
    {
        Client.Dispose();
        Mailbox.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public static string Id(JsonElement entity) => entity.GetProperty("id").GetString()!;

    private HttpClient CreateClient()
    {
        HttpMessageHandler handler = Mailbox.CreateHandler();
#if NET
        handler = GraphModelHandler.Wrap(handler);
#endif
        return new HttpClient(handler) { BaseAddress = new Uri("https://graph.microsoft.com/v1.0/") };
    }
}

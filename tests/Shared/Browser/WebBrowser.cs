using System.Diagnostics;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace PstMigration.Tests;

/// <summary>Chromium without a window, asked over WebDriver. Tests that want it are skipped where it is not installed.</summary>
internal sealed class WebBrowser : IAsyncDisposable
{
    /// <summary>The page the browser itself begins with is among them.</summary>
    private static readonly string[] s_local = ["file:", "data:", "about:", "chrome:"];

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Process _driver;
    private readonly HttpClient _http;
    private readonly string _session;
    private readonly string _profile;

    private WebBrowser(Process driver, HttpClient http, string session, string profile)
    {
        _driver = driver;
        _http = http;
        _session = session;
        _profile = profile;
    }

    /// <summary>Starts one.</summary>
    /// <param name="arguments">More for its command line.</param>
    public static async Task<WebBrowser> StartAsync(params string[] arguments)
    {
        string? program = Find("chromedriver");
        string? browser = Find("chromium") ?? Find("google-chrome");
        Assert.SkipWhen(program is null || browser is null, "Chromium and chromedriver are not installed.");
        ProcessStartInfo start = new(program!, "--port=0") { RedirectStandardOutput = true, RedirectStandardError = true };
        Process driver = Process.Start(start)!;
        string port = await PortAsync(driver);
        _ = driver.StandardOutput.ReadToEndAsync();
        _ = driver.StandardError.ReadToEndAsync();
        HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromMinutes(2) };
        string profile = Directory.CreateTempSubdirectory("browser").FullName;
        JsonNode options = new JsonObject
        {
            ["binary"] = browser,
            ["args"] = new JsonArray(
                [.. ((string[])["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--user-data-dir=" + profile, .. arguments]).Select(a => JsonValue.Create(a))]),
        };
        JsonNode answer = await SendAsync(http, "session", new JsonObject
        {
            ["capabilities"] = new JsonObject
            {
                ["alwaysMatch"] = new JsonObject
                {
                    ["goog:chromeOptions"] = options,
                    ["goog:loggingPrefs"] = new JsonObject { ["browser"] = "ALL", ["performance"] = "ALL" },
                },
            },
        });
        return new WebBrowser(driver, http, (string)answer["sessionId"]!, profile);
    }

    /// <summary>Shows pages as a screen of this size does.</summary>
    public async Task LookAsync(int width, int height, bool isDark)
    {
        await CdpAsync("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = 1, ["mobile"] = false });
        await CdpAsync("Emulation.setEmulatedMedia", new JsonObject
        {
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = isDark ? "dark" : "light" }),
        });
    }

    /// <summary>Opens a file or an address.</summary>
    public Task OpenAsync(string path) => PostAsync("url", new JsonObject { ["url"] = new Uri(path).AbsoluteUri });

    /// <summary>Runs a script, which returns a value.</summary>
    public async Task<JsonNode?> RunAsync(string script) => await PostAsync("execute/sync", new JsonObject { ["script"] = script, ["args"] = new JsonArray() });

    /// <summary>Waits until an expression holds.</summary>
    public async Task WaitAsync(string condition)
    {
        Stopwatch watch = Stopwatch.StartNew();
        while (!(bool)(await RunAsync("return !!(" + condition + ")"))!)
        {
            Assert.True(watch.Elapsed < s_patience, condition);
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Types into the element a selector finds.</summary>
    public async Task TypeAsync(string selector, string text)
    {
        JsonNode element = (await PostAsync("element", new JsonObject { ["using"] = "css selector", ["value"] = selector }))!;
        await PostAsync("element/" + (string)element.AsObject().Single().Value! + "/value", new JsonObject { ["text"] = text });
    }

    /// <summary>Writes what is seen as a picture.</summary>
    public async Task SaveAsync(string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync("session/" + _session + "/screenshot");
        JsonNode value = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["value"]!;
        await File.WriteAllBytesAsync(path, Convert.FromBase64String((string)value!));
    }

    /// <summary>What the page said on the console since this was asked last.</summary>
    public async Task<string[]> ConsoleAsync() => [.. (await LogAsync("browser")).Select(e => (string)e["message"]!)];

    /// <summary>What was asked of a network since this was asked last.</summary>
    public async Task<string[]> RequestsAsync() =>
    [
        .. (await LogAsync("performance")).Select(e => JsonNode.Parse((string)e["message"]!)!["message"]!)
            .Where(m => (string)m["method"]! == "Network.requestWillBeSent")
            .Select(m => (string)m["params"]!["request"]!["url"]!)
            .Where(u => !s_local.Any(s => u.StartsWith(s, StringComparison.Ordinal))),
    ];

    public async ValueTask DisposeAsync()
    {
        try
        {
            (await _http.DeleteAsync("session/" + _session)).Dispose();
        }
        catch (HttpRequestException)
        {
            // It has gone by itself.
        }

        _driver.Kill(entireProcessTree: true);
        await _driver.WaitForExitAsync();
        _driver.Dispose();
        _http.Dispose();
        try
        {
            Directory.Delete(_profile, recursive: true);
        }
        catch (IOException)
        {
            // A process of the browser is still at its end.
        }
    }

    private static async Task<string> PortAsync(Process driver)
    {
        while (await driver.StandardOutput.ReadLineAsync() is string line)
        {
            int at = line.IndexOf("on port ", StringComparison.Ordinal);
            if (at >= 0 && line.Contains("started", StringComparison.Ordinal))
            {
                return new string([.. line[(at + 8)..].TakeWhile(char.IsDigit)]);
            }
        }

        throw new InvalidOperationException("chromedriver did not start.");
    }

    private static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists);

    private static async Task<JsonNode> SendAsync(HttpClient http, string path, JsonNode body)
    {
        using StringContent content = new(body.ToJsonString(), Encoding.UTF8, "application/json");
        using HttpResponseMessage answer = await http.PostAsync(path, content);
        string text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonNode.Parse(text)!["value"]!;
    }

    private async Task<JsonNode?> PostAsync(string command, JsonNode body) => await SendAsync(_http, "session/" + _session + "/" + command, body);

    private Task<JsonNode?> CdpAsync(string command, JsonNode parameters) =>
        PostAsync("goog/cdp/execute", new JsonObject { ["cmd"] = command, ["params"] = parameters });

    private async Task<IEnumerable<JsonNode>> LogAsync(string kind) => (await PostAsync("se/log", new JsonObject { ["type"] = kind }))!.AsArray().OfType<JsonNode>();
}

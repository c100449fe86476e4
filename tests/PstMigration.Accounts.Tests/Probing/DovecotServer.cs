using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Xunit;

namespace PstMigration.Accounts.Tests.Probing;

/// <summary>A real Dovecot on loopback with its own folder and configuration. Skips the test where none is installed or may not run.</summary>
internal sealed class DovecotServer : IDisposable
{
    /// <summary>Not the address connections come from: Dovecot takes those from its own address for protected.</summary>
    public const string Host = "127.0.0.2";

    private const string Program = "/usr/sbin/dovecot";
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "dovecot-" + Guid.NewGuid().ToString("N").Substring(0, 8));
    private readonly Process _process;

    public DovecotServer(string mechanisms, bool plaintext, string ssl)
    {
        Assert.SkipUnless(File.Exists(Program), "Dovecot is not installed.");
        Directory.CreateDirectory(_folder);
        ImapPort = FreePort();
        ImapsPort = FreePort();
        WriteCertificate();

        // Run by root it insists on the unprivileged users of its package; run by anybody else it can only be that user.
        bool root = Environment.UserName == "root";
        string user = root ? "dovecot" : Environment.UserName;
        string loginUser = root ? "dovenull" : user;
        string configuration = $$"""
            base_dir = {{_folder}}/run
            state_dir = {{_folder}}/run
            log_path = {{_folder}}/log
            protocols = imap
            default_login_user = {{loginUser}}
            default_internal_user = {{user}}
            default_internal_group = {{user}}
            first_valid_uid = 0
            auth_mechanisms = {{mechanisms}}
            disable_plaintext_auth = {{(plaintext ? "no" : "yes")}}
            ssl = {{ssl}}
            ssl_cert = <{{_folder}}/cert.pem
            ssl_key = <{{_folder}}/key.pem
            mail_location = maildir:{{_folder}}/mail
            login_trusted_networks = 192.0.2.0/24
            passdb {
              driver = static
              args = password=x
            }
            userdb {
              driver = static
              args = uid=0 gid=0 home={{_folder}}
            }
            service imap-login {
              chroot =
              inet_listener imap {
                address = {{Host}}
                port = {{ImapPort}}
              }
              inet_listener imaps {
                address = {{Host}}
                port = {{ImapsPort}}
                ssl = yes
              }
            }
            service anvil {
              chroot =
            }
            service stats {
              chroot =
            }
            """;
        string path = Path.Combine(_folder, "dovecot.conf");
        File.WriteAllText(path, configuration);
        _process = Process.Start(new ProcessStartInfo(Program, $"-F -c {path}") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        if (!WaitForPort())
        {
            string log = File.Exists(Path.Combine(_folder, "log")) ? File.ReadAllText(Path.Combine(_folder, "log")) : _process.HasExited ? _process.StandardError.ReadToEnd() : "";
            Dispose();
            Assert.Skip("Dovecot does not run here: " + log);
        }
    }

    public int ImapPort { get; }

    public int ImapsPort { get; }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            // The master ends its children when it is asked to end, not when it is killed.
            using Process asked = Process.Start(new ProcessStartInfo("/bin/kill", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)) { UseShellExecute = false })!;
            asked.WaitForExit();
            _process.WaitForExit(5000);
        }

        _process.Dispose();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (IOException)
        {
            // A child may still be writing its log.
        }
    }

    private bool WaitForPort()
    {
        for (int i = 0; i < 100 && !_process.HasExited; i++)
        {
            try
            {
                using TcpClient client = new(Host, ImapsPort);
                return true;
            }
            catch (SocketException)
            {
                Thread.Sleep(100);
            }
        }

        return false;
    }

    private void WriteCertificate()
    {
        using Process openssl = Process.Start(new ProcessStartInfo("openssl", $"req -x509 -newkey rsa:2048 -nodes -days 2 -subj \"/CN=Interception Test\" -keyout {_folder}/key.pem -out {_folder}/cert.pem")
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        openssl.StandardError.ReadToEnd();
        openssl.WaitForExit();
        Assert.SkipUnless(File.Exists(Path.Combine(_folder, "cert.pem")), "openssl makes no certificate here.");
    }

    private static int FreePort()
    {
        TcpListener listener = new(IPAddress.Parse(Host), 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        return port;
    }
}

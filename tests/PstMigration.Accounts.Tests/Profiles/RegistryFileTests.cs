using System.Diagnostics;
using System.Text;
using PstMigration.Accounts.Outlook;
using PstMigration.Accounts.Registry;
using PstMigration.Mapi;
using Xunit;

namespace PstMigration.Accounts.Tests.Profiles;

public sealed class RegistryFileTests
{
    private const string Header = "Windows Registry Editor Version 5.00\r\n\r\n";
    private const string Profile = @"HKEY_CURRENT_USER\Software\Microsoft\Office\16.0\Outlook\Profiles\P";

    [Fact]
    public void ReadsEveryKindOfValue()
    {
        RegistryTree root = Read(Header + "[HKEY_X\\A]\r\n; comment\r\n\"t\"=\"a\\\\b \\\"c\\\"\"\r\n\"n\"=dword:0000006E\r\n\"b\"=hex:01,\\\r\n  02,03\r\n\"e\"=hex(2):41,00,00,00\r\n@=\"default\"\r\n\"two\"=\"line1\r\nline2\"\r\n\"gone\"=-\r\n", out IReadOnlyList<MailDataException> problems);
        IRegistryKey key = root.Open(@"hkey_x\a")!;
        Assert.Empty(problems);
        Assert.Equal("a\\b \"c\"", key.Value("T")!.Value.AsText());
        Assert.Equal(0x6Eu, key.Value("n")!.Value.AsNumber());
        Assert.Equal([1, 2, 3], key.Value("b")!.Value.Bytes);
        Assert.Equal("A", key.Value("e")!.Value.AsText());
        Assert.Equal("default", key.Value("")!.Value.AsText());
        Assert.Equal("line1\r\nline2", key.Value("two")!.Value.AsText());
        Assert.Null(key.Value("gone"));
    }

    [Fact]
    public void RemovedKeysAreGone()
    {
        RegistryTree root = Read(Header + "[HKEY_X\\A]\r\n\"t\"=\"1\"\r\n[-HKEY_X\\A]\r\n\"t\"=\"2\"\r\n", out _);
        Assert.Null(root.Open(@"HKEY_X\A"));
    }

    [Theory]
    [InlineData("\"a\"=hex:1", "value")]
    [InlineData("\"a\"=hex:0g", "value")]
    [InlineData("\"a\"=hexx", "value")]
    [InlineData("\"a\"=dword:123456789", "value")]
    [InlineData("\"a\"=dword:", "value")]
    [InlineData("\"a\"=qword:1", "value")]
    [InlineData("\"a\" \"b\"", "neither")]
    [InlineData("\"a\"=\"never closed", "quotation")]
    [InlineData("[HKEY_X\\B", "bracket")]
    [InlineData("words", "neither")]
    public void DamageIsToldWithItsLineAndTheRestIsRead(string line, string what)
    {
        RegistryTree root = Read(Header + "[HKEY_X\\A]\r\n\"before\"=dword:1\r\n" + line + "\r\n", out IReadOnlyList<MailDataException> problems);
        Assert.Equal(1u, root.Open(@"HKEY_X\A")!.Value("before")!.Value.AsNumber());
        MailDataException problem = Assert.Single(problems);
        Assert.Equal("RegistryFileDamaged", problem.Id);
        Assert.Contains("5", problem.Message, StringComparison.Ordinal);
        Assert.Contains(what, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ\u0090\0\u0003")]
    [InlineData("[HKEY_CURRENT_USER]")]
    public void SomethingElseIsRefused(string text)
    {
        Assert.Equal("RegistryFileNotRecognized", Assert.Throws<AccountsException>(() => Read(text, out _)).Id);
    }

    [Fact]
    public void AnsiExportsAreReadInTheirCodePage()
    {
        string text = "REGEDIT4\r\n\r\n[" + Profile + "\\9375CFF0413111d3B88A00104B2A6676\\00000001]\r\n\"clsid\"=\"{ED475411-B0D6-11D2-8C3B-00104B2A6676}\"\r\n\"Account Name\"=\"仕事のメール\"\r\n\"POP3 Server\"=\"pop.example.jp\"\r\n";
        using MemoryStream stream = new(CodePages.Get(CodePages.ShiftJis).GetBytes(text));
        Assert.Equal("仕事のメール", OutlookProfiles.FromStream(stream, "a.reg", null).Profiles[0].Accounts[0].Name);
    }

    [Fact]
    public void BigExportOfOtherThingsIsPassedOver()
    {
        StringBuilder text = new(Header);
        text.Append("[HKEY_CURRENT_USER\\Software\\Other]\r\n\"blob\"=hex:");
        for (int i = 0; i < 3_500_000; i++)
        {
            text.Append(i % 25 == 24 ? "\\\r\n  " : "ab,");
        }

        text.Append("00\r\n[").Append(Profile).Append("]\r\n");
        byte[] bytes = Encoding.Unicode.GetBytes(text.ToString());
        Assert.True(bytes.Length > 10_000_000);
        Stopwatch watch = Stopwatch.StartNew();
        using MemoryStream stream = new(bytes);
        OutlookProfileSet set = OutlookProfiles.FromStream(stream, "big.reg", null);
        Assert.Equal("P", Assert.Single(set.Profiles).Name);
        Assert.Empty(set.Problems);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), watch.Elapsed.ToString());
    }

    [Fact]
    public void TenMegabytesInOneSettingAreAnError()
    {
        string text = Header + "[" + Profile + "\\9375CFF0413111d3B88A00104B2A6676\\00000001]\r\n\"Account Name\"=\"" + new string('x', 5_000_000) + "\"\r\n\"Email\"=\"a@example.com\"\r\n";
        using MemoryStream stream = new(Encoding.Unicode.GetBytes(text));
        MailDataException problem = Assert.Single(OutlookProfiles.FromStream(stream, "big.reg", null).Problems);
        Assert.Contains("too long", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EndlessAccountsAreAnError()
    {
        StringBuilder text = new(Header);
        for (int i = 0; i <= RegistryFileLimits.Keys; i++)
        {
            text.Append('[').Append(Profile).Append("\\a\\").Append(i).Append("]\r\n");
        }

        using MemoryStream stream = new(Encoding.Unicode.GetBytes(text.ToString()));
        Assert.Equal("RegistryFileLimitExceeded", Assert.Throws<AccountsException>(() => OutlookProfiles.FromStream(stream, "many.reg", null)).Id);
    }

    [Fact]
    public void DamageOnEveryLineEndsTheReading()
    {
        string text = Header + string.Concat(Enumerable.Repeat("x\r\n", 1000));
        Assert.Equal("RegistryFileDamaged", Assert.Throws<AccountsException>(() => Read(text, out _)).Id);
    }

    [Fact]
    public void NoInputCrashes()
    {
        Random random = new(7);
        byte[] seed = Encoding.Unicode.GetBytes(Header + "[" + Profile + "\\9375CFF0413111d3B88A00104B2A6676\\00000001]\r\n\"Email\"=\"a\"\r\n\"POP3 Port\"=dword:0000006e\r\n\"Service UID\"=hex:01,02\r\n");
        for (int round = 0; round < 2000; round++)
        {
            byte[] bytes = (byte[])seed.Clone();
            for (int i = random.Next(1, 8); i > 0; i--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            using MemoryStream stream = new(bytes, 0, random.Next(bytes.Length + 1));
            try
            {
                OutlookProfiles.FromStream(stream, "x.reg", null);
            }
            catch (AccountsException)
            {
                // A typed error is an answer.
            }
        }
    }

    private static RegistryTree Read(string text, out IReadOnlyList<MailDataException> problems)
    {
        using MemoryStream stream = new(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(text)).ToArray());
        return RegistryFileReader.Read(stream, "a.reg", new Everything(), null, out problems);
    }

    private sealed class Everything : IRegistryFilter
    {
        public bool WantsKey(string path) => true;

        public bool WantsValue(string path, string name) => true;
    }
}

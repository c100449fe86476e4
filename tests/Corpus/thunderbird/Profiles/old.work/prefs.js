user_pref("mail.accountmanager.accounts", "account1");
user_pref("mail.account.account1.server", "server1");
user_pref("mail.server.server1.type", "ews");
user_pref("mail.server.server1.hostname", "outlook.office365.com");
